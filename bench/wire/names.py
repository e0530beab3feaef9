"""People, places, companies, bodies and figures, none of them real, more than a year of wire uses up."""

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from bench.wire.grammar import Maker, Name

HERE = Path(__file__).parent
COUNTRY_ENDS = (("ia", "ian"), ("ova", "ovan"), ("ara", "aran"), ("istan", "istani"), ("ania", "anian"))


def read_words(path: Path) -> Mapping[str, tuple[str, ...]]:
    """`@kind` lines, each followed by lines of words; `_` stands for a space."""
    words: dict[str, tuple[str, ...]] = {}
    for block in ("\n" + path.read_text(encoding="utf-8")).split("\n@")[1:]:
        kind, _, rest = block.partition("\n")
        words[kind] = tuple(word.replace("_", " ") for word in rest.split())
    return words


WORDS = read_words(HERE / "words.txt")
HEADS, MIDDLES = WORDS["head"], WORDS["middle"]


def one(rng: Random, words: tuple[str, ...]) -> str:
    return words[int(rng.random() * len(words))]


def number(rng: Random, low: int, high: int) -> int:
    return low + int(rng.random() * (high - low + 1))


def coined(rng: Random, ends: tuple[str, ...]) -> str:
    """`Belorashaw`: about 400,000 of each sort, so that two stories seldom share one."""
    return f"{one(rng, HEADS)}{one(rng, MIDDLES)}{one(rng, ends)}".capitalize()


def person(rng: Random) -> Name:
    first, last = one(rng, WORDS["first"]), coined(rng, WORDS["surname_end"])
    return f"{first} {last}", last, first


def town(rng: Random) -> Name:
    name = coined(rng, WORDS["town_end"])
    return name, name, name


def country(rng: Random) -> Name:
    """In full, and as an adjective."""
    end, adjective = COUNTRY_ENDS[int(rng.random() * len(COUNTRY_ENDS))]
    stem = f"{one(rng, HEADS)}{one(rng, MIDDLES)}{one(rng, HEADS)}".capitalize()
    return stem + end, stem + adjective, stem


def company(rng: Random) -> Name:
    """`Caloritex Turbines Plc`, `Caloritex`, `CTX`."""
    stem = coined(rng, WORDS["company_end"])
    tag = (stem[0] + stem[3] + stem[-1] + one(rng, HEADS)[0]).upper()
    return f"{stem} {one(rng, WORDS['trade'])} {one(rng, WORDS['form'])}", stem, tag


def body(rng: Random) -> Name:
    """`Melorian Harbor Board`, `the board`, `MHB`."""
    _, adjective, _ = country(rng)
    field, office = one(rng, WORDS["field"]), one(rng, WORDS["office"])
    return f"{adjective} {field} {office}", f"the {office.lower()}", adjective[0] + field[0] + office[0]


def ministry(rng: Random) -> Name:
    field = one(rng, WORDS["field"])
    return f"{field} Ministry", "the ministry", f"{field} Minister"


def river(rng: Random) -> Name:
    name = f"{one(rng, HEADS)}{one(rng, MIDDLES)}{one(rng, HEADS)}".capitalize()
    return f"{name} River", f"the {name}", name


def party(rng: Random) -> Name:
    first, second = one(rng, WORDS["party_word"]), one(rng, WORDS["party_word"])
    return f"{first} {second} Party", f"{first}-{second} bloc", first[0] + second[0] + "P"


def team(rng: Random) -> Name:
    name = coined(rng, WORDS["town_end"])
    return f"{name} {one(rng, WORDS['mascot'])}", name, name


def central_bank(rng: Random) -> Name:
    """Named by its country, which the item names anyway."""
    return "the central bank", "the bank", "CB"


def storm(rng: Random) -> Name:
    name = f"{one(rng, HEADS)}{one(rng, MIDDLES)}".capitalize()
    return name, name, name


def _integer(low: int, high: int) -> Maker:
    def make(rng: Random) -> Name:
        text = f"{number(rng, low, high):,}"
        return text, text, text

    return make


def _year(low: int, high: int) -> Maker:
    def make(rng: Random) -> Name:
        text = str(number(rng, low, high))
        return text, text, text

    return make


def _decimal(low: int, high: int) -> Maker:
    def make(rng: Random) -> Name:
        text = f"{number(rng, low * 100, high * 100) / 100:.2f}"
        return text, text[:-1], text.partition(".")[0]

    return make


def _word(words: tuple[str, ...]) -> Maker:
    def make(rng: Random) -> Name:
        word = one(rng, words)
        return word, word.capitalize(), word

    return make


NAMES: Mapping[str, Maker] = {
    "person": person,
    "town": town,
    "country": country,
    "company": company,
    "body": body,
    "ministry": ministry,
    "river": river,
    "party": party,
    "team": team,
    "storm": storm,
    "central_bank": central_bank,
}
FIGURES: Mapping[str, Callable[[int, int], Maker]] = {"int": _integer, "year": _year, "dec": _decimal}


def maker(words: str) -> Maker:
    """`person`, `int 3 90`, `dec 1 9`, or a kind of words.txt. Raises KeyError for any other."""
    kind, *limits = words.split()
    if kind in FIGURES:
        low, high = limits
        return FIGURES[kind](int(low), int(high))
    return NAMES.get(kind) or _word(WORDS[kind])
