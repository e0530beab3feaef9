"""A report as it is first written: composed from its beat's templates, about an event of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bench.wire.agencies import Agency
from bench.wire.beats import BACKGROUNDS, BEATS, QUOTES, Beat
from bench.wire.grammar import Scene, Template, line
from bench.wire.names import number, person

Paragraphs = tuple[tuple[str, ...], ...]  # of sentences
LONG = 0.4  # of all reports; on a real wire four in ten run over 900 letters
TABLE = 0.5  # of company results


@dataclass(frozen=True, slots=True)
class Copy:
    """What is on the page: an edit makes another one of it. `contains`: ids whose text a wrap-up carries."""

    title: str
    head: str
    paragraphs: Paragraphs
    closing: str = ""
    contains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A report that is out: its copy, and what an update of it needs. `at` is the wire's clock then."""

    id: str
    at: float
    agency: Agency
    beat: Beat
    scene: Scene
    copy: Copy

    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.copy.paragraphs for sentence in paragraph]


def new_scene(rng: Random, beat: Beat, at: datetime) -> Scene:
    day = f"{at:%A}"
    scene = Scene(rng, {**beat.makers, "desk writer": person})
    scene.cast["today"] = (day, day, day)
    return scene


def pick(rng: Random, templates: tuple[Template, ...]) -> Template:
    return templates[int(rng.random() * len(templates))]


def any_beat(rng: Random) -> Beat:
    return BEATS[int(rng.random() * len(BEATS))]


def headline(agency: Agency, beat: Beat, scene: Scene) -> str:
    title = line(pick(scene.rng, beat.titles), scene)
    return title.upper() if agency.caps else title


def compose(agency: Agency, beat: Beat, scene: Scene, at: datetime) -> Copy:
    rng = scene.rng
    words = number(rng, 300, 460) if rng.random() < LONG else number(rng, 60, 130)
    sentences = (
        _table(beat, scene) if beat.table and rng.random() < TABLE else [line(pick(rng, beat.ledes), scene)]
    )
    tabular = len(sentences)
    have = sum(sentence.count(" ") + 1 for sentence in sentences)
    for template in _running_order(rng, beat):
        if have >= words:
            break
        sentence = line(template, scene)
        sentences.append(sentence)
        have += sentence.count(" ") + 1
    paragraphs = [(sentence,) for sentence in sentences[:tabular]] + _grouped(rng, sentences[tabular:])
    place = scene.name("place")[0]
    title = headline(agency, beat, scene)
    return Copy(title, agency.dateline(place, at), tuple(paragraphs), agency.closing(scene))


def _table(beat: Beat, scene: Scene) -> list[str]:
    """Figures line by line, most of the lines that the beat knows."""
    return [line(template, scene) for template in beat.table if scene.rng.random() < 0.85]


def _running_order(rng: Random, beat: Beat) -> Iterator[Template]:
    """Three in five paragraphs of the beat's own, the others quotes and background, none twice."""
    rest = [rng.sample(templates, len(templates)) for templates in (beat.details, QUOTES, BACKGROUNDS)]
    while any(rest):
        chance = rng.random()
        chosen = rest[0 if chance < 0.6 else 1 if chance < 0.8 else 2]
        if chosen:
            yield chosen.pop()


def _grouped(rng: Random, sentences: list[str]) -> list[tuple[str, ...]]:
    """Paragraphs of one to three sentences."""
    paragraphs: list[tuple[str, ...]] = []
    while sentences:
        size = number(rng, 1, 3)
        paragraphs.append(tuple(sentences[:size]))
        sentences = sentences[size:]
    return paragraphs
