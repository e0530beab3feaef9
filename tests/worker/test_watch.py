"""When commits count as stalled: there is lag, and nothing was committed for a while."""

from faust.types import TP
from hypothesis import given
from hypothesis import strategies as st

from stream.worker.watch import Progress

PLACE = TP("wire.items.v1", 0)
beats = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 3), st.integers(0, 5)), max_size=40
)  # seconds since the beat before, messages committed in it, lag after it


@given(beats)
def test_stalled_is_the_time_since_a_commit_or_since_there_was_no_lag(
    given_beats: list[tuple[int, int, int]],
) -> None:
    """As an operator would reckon it with a pencil."""
    now, committed, since = 0.0, 0, 0.0
    progress = Progress(clock=lambda: now)
    progress.look({PLACE: 0}, {PLACE: 0})
    for seconds, done, lag in given_beats:
        now, committed = now + seconds, committed + done
        stalled = progress.look({PLACE: committed}, {PLACE: lag})
        since = now if done or not lag else since
        assert stalled == now - since


def test_a_partition_that_comes_is_no_progress_and_no_stall() -> None:
    """What another worker had committed is not ours; the count begins when it is seen to stand still."""
    now = 0.0
    progress = Progress(clock=lambda: now)
    assert progress.look({PLACE: 7}, {PLACE: 3}) == 0
    now = 5.0
    assert progress.look({PLACE: 7}, {PLACE: 3}) == 5
    now = 6.0
    assert progress.look({}, {}) == 0
