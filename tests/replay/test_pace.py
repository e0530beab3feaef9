"""Laws of pace and order: what is waited for, and which order a seed gives."""

from collections import Counter
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.order import ordered, shuffled
from replay.pace import Pace, read_rate, read_speed
from stream.core.times import DAY, MINUTE

NEWS = 541_350_061_000  # 26 February 1987, when the wire of 1987 begins
times = st.one_of(st.none(), st.integers(NEWS, NEWS + DAY), st.just(4_070_908_800_000))


@given(times, times, st.one_of(st.just("max"), st.floats(0.1, 1_000)))
def test_nothing_is_waited_for_longer_than_a_recorded_day(
    before: int | None, ts: int | None, speed: str
) -> None:
    """One item dated 2099 does not hold a replay up for seventy years."""
    assert 0 <= Pace("max" if speed == "max" else float(speed)).wait(before, ts) <= DAY / 1_000 / 0.1


@pytest.mark.parametrize(
    ("pace", "before", "ts", "seconds"),
    [
        (Pace(), NEWS, NEWS + MINUTE, 0),
        (Pace(1.0), NEWS, NEWS + MINUTE, 60),
        (Pace(60.0), NEWS, NEWS + MINUTE, 1),
        (Pace(1.0), NEWS + MINUTE, NEWS, 0),
        (Pace(1.0), None, NEWS, 0),
        (Pace(1.0), NEWS, None, 0),
        (Pace(1.0), NEWS, NEWS + DAY + 1, 0),
        (Pace(rate=200.0), NEWS, NEWS + DAY, 0.005),
        (Pace(rate=200.0), None, None, 0.005),
    ],
)
def test_the_recorded_gap_is_waited_for_or_the_rate_kept(
    pace: Pace, before: int | None, ts: int | None, seconds: float
) -> None:
    """Steps back, missing times and silences over a day are passed over; a rate outdoes what was recorded."""
    assert pace.wait(before, ts) == seconds


def test_speeds_and_rates_are_read_as_people_write_them() -> None:
    """`recorded` is a factor of one."""
    assert [read_speed(written) for written in ("max", "recorded", "1", "60", "0.5")] == [
        "max",
        1.0,
        1.0,
        60.0,
        0.5,
    ]
    assert [read_rate(written) for written in ("200/s", "200", "0.5/s")] == [200.0, 200.0, 0.5]


@pytest.mark.parametrize("written", ["", "fast", "0", "-1", "nan", "inf", "5/m"])
def test_a_speed_or_rate_that_is_none_is_refused_with_an_example(written: str) -> None:
    """The message says what would have been right."""
    with pytest.raises(ValueError, match="such as"):
        read_speed(written)
    with pytest.raises(ValueError, match="such as"):
        read_rate(written)


@given(st.lists(st.integers(1, 11_769), max_size=60), st.integers())
def test_a_shuffle_loses_nothing_and_is_told_by_its_seed(ids: list[int], seed: int) -> None:
    """The same seed, the same order."""
    assert Counter(shuffled(ids, seed)) == Counter(ids)
    assert shuffled(ids, seed) == shuffled(ids, seed)


def test_a_seed_gives_the_same_order_on_every_machine() -> None:
    """Pinned, as a report may say: replay with --shuffle 7."""
    assert shuffled("abcdefgh", 7) == list("adbcgehf")
    assert shuffled("abcdefgh", 7) != shuffled("abcdefgh", 8)


@pytest.mark.parametrize("seed", [None, 3])
def test_repeated_inputs_come_so_many_times_standard_input_too(seed: int | None) -> None:
    """Standard input can be read only once, and is repeated all the same."""
    lines = b'{"title":"a"}\n{"title":"b"}\n'
    wheres = [one.where for one in ordered(["-"], BytesIO(lines), max_bytes=99, repeat=3, seed=seed)]
    assert Counter(wheres) == {"-:1": 3, "-:2": 3}
    assert (wheres == ["-:1", "-:2"] * 3) == (seed is None)
