"""The lane of an item: its language, which its near-duplicates are sure to share. Stories may not enter."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import Final

import pycld2

from stream.core.furniture.encoding import visible
from stream.core.item import Item

LANES: Final = f"lane-2 pycld2-{pycld2.__version__}"  # another value is a rebuild: items would change lanes

FEWEST_LETTERS: Final = 200  # below this a headline's names decide
_LEAST_PERCENT: Final = 85  # of the bytes in one language, else the default holds
_ENGLISH: Final = (" the ", " and ", " of ", " to ")  # other languages have one of them at most
_APART: Final = 100
_READ: Final = 1_500  # characters: more changed no answer on six weeks of a wire

# ISO 639-2 (both forms) and 639-3 for the languages of wires; a macro-language stands for its members.
_THREE: Final = """
    afr:af alb:sq sqi:sq amh:am ara:ar arb:ar arm:hy hye:hy aze:az azj:az baq:eu eus:eu bel:be
    ben:bn bos:bs bul:bg bur:my mya:my cat:ca ces:cs cze:cs chi:zh zho:zh cmn:zh yue:zh cym:cy
    wel:cy dan:da deu:de ger:de dut:nl nld:nl ell:el gre:el eng:en est:et ekk:et fas:fa per:fa
    pes:fa prs:fa fil:tl tgl:tl fin:fi fra:fr fre:fr geo:ka kat:ka gle:ga glg:gl guj:gu hau:ha
    heb:he hin:hi hrv:hr hun:hu ice:is isl:is ind:id ita:it jpn:ja kan:kn kaz:kk khm:km kor:ko
    kur:ku lao:lo lav:lv lvs:lv lit:lt ltz:lb mac:mk mkd:mk mal:ml mar:mr may:ms msa:ms zsm:ms
    mlt:mt mon:mn nep:ne npi:ne nno:no nob:no nor:no ori:or pan:pa pol:pl por:pt pus:ps rum:ro
    ron:ro rus:ru sin:si slo:sk slk:sk slv:sl som:so spa:es srp:sr swa:sw swh:sw swe:sv tam:ta
    tel:te tha:th tur:tr ukr:uk urd:ur uzb:uz vie:vi zul:zu
"""
_ALSO: Final = "iw:he in:id ji:yi jw:jv nb:no nn:no fil:tl mo:ro sh:sr"
_OTHERS: Final = "yi jv eo la br fo gd ht ky mg mi ny qu rw sd sn st su tg tk tt ug xh yo"
_CODES: Final = dict(pair.split(":") for pair in f"{_THREE} {_ALSO}".split())
_TWO: Final = frozenset([*_CODES.values(), *_OTHERS.split()])
_TAG: Final = re.compile(r"([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9]{1,8}){0,4}")


def lane(item: Item, languages: Mapping[str, str] = {}, default: str = "en") -> str:
    """The declared language, else the source's, else the detected one, else the default."""
    return lane_of(item, item.title, item.text, languages, default)


def lane_of(item: Item, title: str, text: str, languages: Mapping[str, str], default: str) -> str:
    """The same for an item whose title and text are about to be these."""
    return (
        language(item.lang)
        or language(languages.get(item.source, ""))
        or _detected(f"{title}\n{text[:_READ]}")
        or default
    )


@lru_cache(maxsize=1024)
def language(declared: str) -> str:
    """Two letters for a language tag (`en-GB`, `eng` and `EN_us` are `en`); empty for anything else."""
    tag = _TAG.fullmatch(declared.strip())
    code = tag[1].lower() if tag else ""
    code = _CODES.get(code, code)
    return code if code in _TWO else ""


def _detected(text: str) -> str:
    """CLD2's answer where it calls it reliable and nearly the whole text agrees; no float decides.

    It takes 90 µs a text, and is not asked where a text is plainly English from its first words to its last.
    """
    read = visible(text[:_READ])
    if not _has_letters(read):
        return ""
    if _is_english(read):
        return "en"
    try:
        reliable, _, found = pycld2.detect(read.encode("utf-8", "ignore"), isPlainText=True)
    except pycld2.error:  # it refuses what it takes for broken UTF-8
        return ""
    _, code, percent, _ = found[0]
    return language(code) if reliable and percent >= _LEAST_PERCENT else ""


def _is_english(text: str) -> bool:
    """Each third has one of four English words in every hundred characters, a third of what English copy has."""
    third = len(text) // 3
    parts = (text[:third], text[third : 2 * third], text[2 * third :])
    return all(_APART * sum(map(part.count, _ENGLISH)) >= len(part) for part in parts)


def _has_letters(text: str) -> bool:
    return (
        len(text) >= FEWEST_LETTERS
        and len(list(islice(filter(str.isalpha, text), FEWEST_LETTERS))) == FEWEST_LETTERS
    )
