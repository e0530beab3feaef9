"""Two made-up items decided by a desk that is thrown away, so that every kernel is compiled before the first real one."""

from dataclasses import replace

from stream.core.desk import decide
from stream.core.fingerprint import fingerprint
from stream.core.front import admit
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.morgue import Morgue
from stream.core.overlap import Opening
from stream.core.settings import Settings
from stream.core.terms import terms

_REPORT = (
    "The leaders of France and Japan agreed on Thursday to begin talks on a reciprocal access agreement, which "
    "will enable the smooth deployment of 1,850 troops. President Emmanuel Macron met Prime Minister Fumio "
    "Kishida in Paris, and both said they would deepen cooperation. "
)


def rehearse(settings: Settings) -> None:
    """Takes seconds where the kernels were never compiled on this machine, a fraction of one else."""
    memory = Memory("en", settings.story_life)
    for number, more in enumerate(("It was their third meeting.", "They meet again in May.", "")):
        text = f'{{"id": "{number}", "source": "rehearsal", "title": "Macron, Kishida agree", "text": "{_REPORT * 2 + more}"}}'
        item = admit(text.encode(), {"received": "2024-05-02T00:00:00Z"}, settings)
        assert isinstance(item, Item), item.reason
        layer = memory.layer()
        decide(layer, item)
        layer.fall() if number == 2 else layer.join()
        read_as = fingerprint(replace(item, title=f"{item.title} \u2026"))  # read otherwise than ASCII
        Opening(read_as).beside(read_as)  # asked only of members that share a few phrases with an item
        _clear_out(item)


def _clear_out(item: Item) -> None:
    """What a morgue does when stories turn out to be one, close, or are given up."""
    morgue = Morgue()
    for number, story in enumerate(("one", "other", "one")):
        morgue.file(story, number, item.ts, item.ts, terms(item))
    morgue.open()
    morgue.alike("one", "other")
    morgue.merge("one", "other")
    morgue.close("one")
    morgue.take_back()
