"""Laws of what people are shown of stories and events: every word from the state, none that drives a terminal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from stream.core.codec import decode
from stream.show.card import Card
from stream.show.event import event_card, event_line
from stream.show.plain import UNSEEN, clipped, name_of, plain, short_names
from stream.show.story import MOST_NEW, card_of, story_card, story_table
from tests.cli.published import seeds, told

HEADLINES = [
    "Kishida, Macron agree on new pact",
    "URGENT: Ferry sinks off Oslo",
    "Grain shipment 12, 4,000 tonnes",
]
UNSEEN_ONES = ["\x1b[2J", "\x1b]0;title\x07", "\r", "\x00", "\u202e", "\u2066", "\x9b31m", "\u2028", "\ufeff"]
hostile = st.lists(st.sampled_from(HEADLINES + UNSEEN_ONES + [" ", "\n"]), min_size=1, max_size=8).map(
    "".join
)
IDS = [
    "000_3da8d3c69854a757",
    "001_24a8f607ec96cba8",
    "0",
    "00",
    "w5-1",
    "w5-12",
    "w5-123456",
    "1",
    "afp:1",
    "7",
]
items = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(IDS), "source": st.sampled_from(["file", "afp", "reuters"])}
    ),
    max_size=12,
)


def drawn(renderable: RenderableType, width: int = 120) -> str:
    console = Console(width=width, color_system=None, highlight=False, force_terminal=False)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


def words_of(text: str) -> str:
    return " ".join(text.split())


def rows(card: Card, label: str) -> str:
    """The text under a label, with the rows that go on with it."""
    found, inside = [], False
    for row in card.rows:
        inside = row.label == label or (inside and not row.label)
        found += [row.text] if inside else []
    return "\n".join(found)


def stories() -> list[dict[str, Any]]:
    return [decode(state) for state in told().stories()]


@given(hostile, st.integers(8, 90))
def test_words_of_a_wire_stay_on_one_line_and_drive_nothing(text: str, most: int) -> None:
    """No control character, no direction override, no line end, and no longer than there is room."""
    shown = plain(text, most)
    assert not UNSEEN.search(shown)
    assert len(shown) <= most
    assert plain(shown) == shown


@given(st.sampled_from(HEADLINES), st.integers(8, 60))
def test_what_is_cut_is_a_beginning_and_marked(headline: str, most: int) -> None:
    """Whole where it fits."""
    shown = clipped(headline, most)
    assert (shown == headline) == (len(headline) <= most)
    assert headline.startswith(shown.removesuffix(" …"))


@given(items)
def test_short_names_tell_items_apart(named: list[dict[str, str]]) -> None:
    """Two items never share a name, and a name is how its id begins."""
    names = short_names(named)
    assert len(set(names.values())) == len(names) == len({name_of(item) for item in named})
    for (source, item), name in names.items():
        written = name.removesuffix(f" ({source})")
        assert written == item or (written.endswith("…") and item.startswith(written[:-1]))


@pytest.mark.parametrize("backwards", [False, True], ids=["000 first", "001 first"])
def test_the_seeds_are_one_story_on_one_card(backwards: bool) -> None:
    """What a newcomer sees, in either order of arrival."""
    card = card_of(seeds(backwards))
    assert card.title.startswith(
        "Japanese Prime Minister Fumio Kishida and French President Emmanuel Macron agreed"
    )
    assert card.aside.endswith("version 2")
    assert card.summary == "2 members · 1 origin: Kyodo · PARIS · 2 May 2024"
    assert rows(card, "original").startswith("001_24a8f607ec96cba8  Kyodo's own copy (sign-off ==Kyodo)")
    assert rows(card, "copy").startswith("000_3da8d3c69854a757")
    assert "credits Kyodo" in rows(card, "copy")
    new = rows(card, "new")
    assert new.count("\n") == 0
    assert new.startswith(
        'in 001…: "Japanese Prime Minister Fumio Kishida (R) is greeted by French President'
    )
    assert new.endswith("(caption)")
    assert rows(card, "same").startswith("every other sentence;")
    dates, likeliest = rows(card, "dates").splitlines()
    assert dates.split("  ") == [
        "000… header 2024-03-05, a Tuesday",
        "≠",
        '"Thursday" in both',
        "=",
        "001… caption May 2, 2024, a Thursday",
    ]
    assert likeliest == "likeliest: day and month swapped in the header: 3 May 2024, the day after"


@pytest.mark.parametrize(
    ("backwards", "label", "said"), [(False, "original", "revision of 000…"), (True, "copy", "copy of 001…")]
)
def test_the_decision_stands_on_the_later_arrived(backwards: bool, label: str, said: str) -> None:
    """Its relation, score, threshold and reason; the first of the story has none to tell."""
    state = seeds(backwards)
    card = card_of(state)
    (decision,) = [member["decision"] for member in state["members"] if "to" in member["decision"]]
    assert f"{said}, score {decision['score']:.4f}: " in rows(card, label)
    assert f"rule {decision['reason']['rule']}, at least" in rows(card, label)
    other = {"original": "copy", "copy": "original"}[label]
    assert "score" not in rows(card, other)


def test_every_story_of_a_wire_has_a_card() -> None:
    """With every member and its role, what each alone has, and nothing that the state does not say."""
    for state in stories():
        card = card_of(state, whole=True)
        said = "\n".join(row.text for row in card.rows)
        assert card.title == plain(state["headline"])
        assert all(plain(member["role_reason"]) in said for member in state["members"])
        alone = [text for member in state["members"] for text in member["only"] + member["only_captions"]]
        if state["members_count"] > 1:
            assert all(plain(text) in said for text in alone)
            assert len(rows(card, "new").splitlines()) == len(alone)
        apart = [member for member in state["members"] if member["only"] or member["only_captions"]]
        assert bool(rows(card, "same")) == (state["members_count"] > 1 and len(apart) <= 1)


def test_a_card_is_short_and_a_whole_one_is_not() -> None:
    """At most so many new sentences; the rest are counted."""
    state = max(stories(), key=lambda story: len(story["members"]))
    member = {**state["members"][-1], "only": [f"Sentence {n} of the late take." for n in range(20)]}
    state = {**state, "members": [*state["members"][:-1], member]}
    assert len(rows(card_of(state), "new").splitlines()) == MOST_NEW + 1
    assert len(rows(card_of(state, whole=True), "new").splitlines()) >= 20


def test_members_that_are_no_longer_listed_are_counted() -> None:
    """A story of thousands shows its newest, and says that there are more."""
    state = {**seeds(), "members_count": 1_202}
    card = card_of(state)
    assert card.summary.startswith("1,202 members")
    assert "… and 1,200 earlier" in "\n".join(row.text for row in card.rows)
    assert not rows(card, "same")


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_a_card_fits_its_terminal(width: int) -> None:
    """No line is wider, and no word of the card is lost."""
    shown = drawn(story_card(seeds()), width)
    assert max(map(len, shown.splitlines())) <= width
    flat = "".join(shown.split())
    assert all(
        "".join(row.text.split()) in flat
        for row in card_of(seeds()).rows
        if "\n" not in row.text or width >= 80
    )


@given(hostile)
def test_a_hostile_headline_draws_nothing_of_its_own(headline: str) -> None:
    """On a card, in a table, in an event, in a quote, in a decision."""
    state = seeds()
    member = {**state["members"][0], "id": headline, "role_reason": headline, "only": [headline]}
    state = {**state, "headline": headline, "origins": [headline], "place": headline, "members": [member]}
    event = next(decode(raw) for raw in told().events.values())
    carried = {**event["data"], "headline": headline, "origins": [headline], "change": {"added": [headline]}}
    event = {**event, "data": carried}
    shown = [
        drawn(story_card(state)),
        drawn(story_table([state])),
        drawn(event_card(event)),
        event_line(event),
    ]
    assert not any(UNSEEN.search(line) for text in shown for line in text.split("\n"))


def test_every_event_of_a_wire_can_be_shown() -> None:
    """As a card and as one line, each with its kind and its headline's first words."""
    for event in map(decode, told().events.values()):
        kind = event["type"].split(".story.")[1].removesuffix(".v1")
        first = plain(event["data"]["headline"])[:25]
        assert drawn(event_card(event)).startswith(f"{kind}: {first}")
        line = event_line(event)
        assert "\n" not in line
        assert first in line


def test_an_update_shows_what_is_new() -> None:
    """Sentences added, captions, rewordings with what they were."""
    updates = [event for event in map(decode, told().events.values()) if "change" in event["data"]]
    assert updates
    for event in updates:
        change, line = event["data"]["change"], event_line(event)
        assert all(plain(text)[:40] in line for text in change.get("added", []) + change.get("captions", []))
        assert all(plain(each["was"])[:40] in line for each in change.get("reworded", []))


def test_dates_that_no_weekday_settles_stand_side_by_side() -> None:
    """Each with all who say so, and none counted twice."""
    state = seeds()
    (conflict,) = state["conflicts"]
    dates = [reading for reading in conflict["readings"] if reading["value"] != reading["weekday"]]
    card = card_of({**state, "conflicts": [{**conflict, "readings": dates}]})
    assert rows(card, "dates").splitlines()[0] == (
        "000… header 2024-03-05, a Tuesday  ≠  001… caption May 2, 2024, a Thursday"
    )
