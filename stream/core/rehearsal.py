"""A few made-up items decided by a desk that is thrown away, so that every kernel is compiled before the first real one."""

from dataclasses import replace

from stream.core.codec import encode
from stream.core.desk import decide
from stream.core.fingerprint import fingerprint
from stream.core.front import admit
from stream.core.index import MOST_RARE
from stream.core.item import Item
from stream.core.kinship import kin
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


_AGAIN = (
    "Macron and Kishida begin talks on a reciprocal access agreement for 1,850 troops of France and Japan, which "
    "President Emmanuel Macron and Prime Minister Fumio Kishida announced in Paris on Thursday."
)
_TEXTS = (
    "",  # a flash
    _REPORT * 2 + "It was their third meeting in 1-1/2 years.",
    _REPORT * 2 + "They meet again in May, at 7.30 in Hiroshima's Peace Park.",
    _AGAIN,  # in other words
    *[
        f"{_REPORT} {number} envoys signed." for number in range(MOST_RARE)
    ],  # more candidates than are compared
    _REPORT,
)


def rehearse(settings: Settings) -> None:
    """Takes seconds where the kernels were never compiled on this machine, a fraction of one else."""
    memory = Memory("en", settings.story_life)
    for number, text in enumerate(_TEXTS):
        raw = {
            "id": str(number),
            "source": "rehearsal",
            "title": "Macron, Kishida agree in Paris",
            "text": text,
        }
        item = admit(encode(raw), {"received": "2024-05-02T00:00:00Z"}, settings)
        assert isinstance(item, Item), item.reason
        layer = memory.layer()
        decide(layer, item)
        layer.fall() if text == _REPORT else layer.join()
        read_as = fingerprint(replace(item, title=f"{item.title} \u2026"))  # read otherwise than ASCII
        Opening(read_as).beside(read_as)  # asked only of members that share a few phrases with an item
        _clear_out(item)


def _clear_out(item: Item) -> None:
    """What a morgue does when stories turn out to be one, close, or are given up."""
    morgue = Morgue()
    for number, story in enumerate(("one", "other", "one")):
        morgue.file(story, number, item.ts, item.ts, terms(item))
    morgue.open()
    found = morgue.nearest(terms(item), item.ts, item.ts)
    kin(found)
    for near in found:
        morgue.words(near)
    morgue.alike("one", "other")
    morgue.merge("one", "other")
    morgue.close("one")
    morgue.take_back()
