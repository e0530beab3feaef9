"""How the group deals its partitions out: each stage's by itself, a lane always with its records. No item is known here."""

from typing import Any

from faust.assignor.partition_assignor import PartitionAssignor

from stream.runs import plain
from stream.topics import ITEMS, RAW, RECORDS

# Topics whose partitions of one number have one owner. What was read in faust 0.15.3: it puts topics together that have as
# many partitions and are read by the same members. wire.raw.v1 with as many as the lanes would then go to members
# that decide, and to nobody else; and a member that only normalises would be given records that it does not need.
TOGETHER: tuple[tuple[str, ...], ...] = ((RAW,), (ITEMS, RECORDS))


class Dealing(PartitionAssignor):
    """Whichever member leads the group deals for all, so every member has this one, whatever its stage."""

    @classmethod
    def _get_copartitioned_groups(cls, topics: set[str], cluster: Any, subscriptions: Any) -> Any:
        """By number of partitions, the sets of topics that members read together; a set of which one is read by nobody is
        dealt to nobody."""
        dealt: dict[int, list[set[str]]] = {}
        by_name = {
            plain(topic): topic for topic in topics
        }  # another generation's records are called otherwise
        for names in TOGETHER:
            together = [by_name.get(name, name) for name in names]
            if topics.issuperset(together):
                counts = {len(cluster.partitions_for_topic(topic) or ()) for topic in together}
                assert len(counts) == 1 and 0 not in counts, f"{together} have {counts} partitions"
                dealt.setdefault(counts.pop(), []).append(set(together))
        return dealt
