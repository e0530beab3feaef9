"""The comparison words of a text, one spelling per word. What people see may not come from here."""

import re
import unicodedata
from itertools import chain, islice
from typing import Final

from stream.core.spelling import AMERICAN, american

# Left out as if never written: controls but white space, soft hyphen, zero-width, variation and bidi marks.
_IGNORED_RANGES: Final = (
    *((0x00, 0x09), (0x0E, 0x1C), (0x7F, 0x85), (0x86, 0xA0), (0xAD, 0xAE), (0x61C, 0x61D), (0x180B, 0x180F)),
    *((0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070), (0xFE00, 0xFE10), (0xFEFF, 0xFF00)),
    *((0xFFF9, 0xFFFC), (0xE0000, 0xE0200)),
)
IGNORED: Final = dict.fromkeys(chain.from_iterable(map(range, *zip(*_IGNORED_RANGES, strict=True))))
_TYPOGRAPHY: Final = {
    **dict.fromkeys(map(ord, "’‘‛ʼʹ′`´"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
    ord("⁄"): "/",
    **IGNORED,
}

_MARKS: Final = r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
_INDIC: Final = r"\u0900-\u0963\u0971-\u0e00"
_ALONE: Final = (  # scripts without spaces between words: each character is one
    r"\u0e01-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
_LETTER: Final = rf"(?:(?![{_ALONE}])[^\W_]|[{_MARKS}{_INDIC}])"
_FIGURE: Final = r"(?:(?<![\w.])\.)?\d+(?:[.,:/]\d+)*(?:-\d+/\d+)?"
_TOKEN: Final = re.compile(
    rf"(?P<letters>[a-z](?:\.[a-z])+(?!\w))"
    rf"|(?P<figure>{_FIGURE})(?:'?s(?!\w))?"
    rf"|(?P<word>{_LETTER}+(?:'{_LETTER}+)*)"
    rf"|[{_ALONE}]|%"
)
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PILED: Final = re.compile(
    rf"([{_MARKS}]{{30}})[{_MARKS}]+"
)  # normalize() takes square time on a pile of accents

_MEMO_SIZE: Final = 200_000  # six weeks of a wire have 80,000 different chunks between white space
_MEMO_WIDTH: Final = 40
_WORDLESS: Final = 16  # dashes and the like, expected before a place that is sought


class _Memo(dict[str, tuple[str, ...]]):
    """The words of each chunk between white space, folded once; reading it costs no Python call."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        bare = chunk.strip(",.\"'()")
        if bare.isascii() and bare.isalpha():
            word = bare.lower()
            made: tuple[str, ...] = (AMERICAN.get(word, word),)
        else:
            made = tuple([_token(match) for match in _TOKEN.finditer(_plain(chunk))])
        if len(chunk) <= _MEMO_WIDTH:
            if len(self) >= _MEMO_SIZE:
                self.clear()
            self[chunk] = made
        return made


folded: Final = _Memo().__getitem__


def words(text: str) -> list[str]:
    """Folded words in order. A figure is one word (`1,850` is `1850`), `per cent`, `%` and `pct` are one."""
    found = list(chain.from_iterable(map(folded, text.split())))
    return _per_cent(found) if "cent" in found else found


def words_up_to(text: str, end: int) -> list[str]:
    """The first so many of a text's words; the rest are not read, but for a word that may be joined to the last."""
    chunks = text.split(None, end + _WORDLESS)
    found = list(islice(chain.from_iterable(map(folded, chunks[: end + _WORDLESS])), end + 1))
    if "cent" in found or (len(found) <= end and len(chunks) > end + _WORDLESS):
        return words(text)[:end]
    return found[:end]


def is_figure(word: str) -> bool:
    """Whether one of the words is a figure: they begin with a digit, and no other word does."""
    return "0" <= word[:1] <= "9"


def _plain(chunk: str) -> str:
    if not chunk.isascii():
        chunk = unicodedata.normalize("NFKC", _PILED.sub(r"\1", chunk).translate(_TYPOGRAPHY)).lower()
        return unicodedata.normalize("NFKC", chunk).translate(_TYPOGRAPHY)
    return chunk.translate(IGNORED).lower()


def _token(match: re.Match[str]) -> str:
    written = match.group()
    if match["figure"]:
        return _figure(match["figure"])
    return "pct" if written == "%" else american(written.removesuffix("'s").replace("'", "").replace(".", ""))


def _figure(written: str) -> str:
    plain = _THOUSANDS.sub("", written)
    if not plain.isascii():
        plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    return "0" + plain if plain.startswith(".") else plain


def _per_cent(found: list[str]) -> list[str]:
    joined: list[str] = []
    for word in found:
        if word == "cent" and joined and joined[-1] == "per":
            joined[-1] = "pct"
        else:
            joined.append(word)
    return joined
