"""What an item says that its story did not: sentences added, reworded and removed, figures changed. No story enters whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from stream.core.content import figures
from stream.core.item import Item
from stream.core.passage import Passage, Sentence, passage
from stream.core.telling import Telling, tellings


@dataclass(frozen=True, slots=True)
class Reworded:
    """`figures` are (was, now) where the two sentences differ in figures."""

    was: str
    now: str
    figures: tuple[tuple[str, ...], tuple[str, ...]] | None


@dataclass(frozen=True, slots=True)
class Change:
    """`material`: a reader would know something new. `captions` holds the added sentences that are captions."""

    added: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    reworded: tuple[Reworded, ...] = ()
    removed: tuple[str, ...] = ()
    material: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.added or self.captions or self.reworded)


def change(item: Item, known: Sequence[Passage], revised: Passage | None) -> Change:
    """`known` is what the story has told so far; `revised` the member that the item re-issues, to find what it left out."""
    mine = passage(item)
    told = tellings(mine, known)
    new = [mine.sentence(number) for number, telling in enumerate(told) if telling.told == "new"]
    reworded = [(mine.sentence(at), telling) for at, telling in enumerate(told) if telling.told == "reworded"]
    return Change(
        added=tuple(s.text for s in new if not s.caption),
        captions=tuple(s.text for s in new if s.caption),
        reworded=tuple(_reworded(sentence, telling) for sentence, telling in reworded),
        removed=_removed(mine, revised) if revised else (),
        material=bool(new) or any(telling.weighty for _, telling in reworded),
    )


def _reworded(sentence: Sentence, telling: Telling) -> Reworded:
    assert telling.nearest is not None
    theirs, mine = figures(telling.nearest.text), figures(sentence.text)
    differ = (tuple(sorted(theirs - mine)), tuple(sorted(mine - theirs))) if mine - theirs else None
    return Reworded(telling.nearest.text, sentence.text, differ)


def _removed(mine: Passage, revised: Passage) -> tuple[str, ...]:
    told = tellings(revised, (mine,))
    lost = [at for at, telling in enumerate(told) if telling.told == "new" and at < revised.captions]
    return tuple([revised.written[at] for at in lost])
