"""Laws of the made-up wire: the same for a seed, made as asked for, and every re-issue what its kind says."""

import re
from collections import Counter
from datetime import datetime, timedelta
from itertools import combinations, islice, pairwise
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.wire import AGENCIES, EDITS, wire
from bench.wire.__main__ import main
from bench.wire.edits import Desk
from bench.wire.grammar import compile_line
from bench.wire.names import maker
from bench.wire.story import Copy, Story, any_beat, compose, new_scene
from bench.wire.wordings import MEANT, SPELT, TAILS

REACH = 200
WIRE_7 = list(wire(7, 3000, reach=REACH))
BY_ID = {item["id"]: item for item in WIRE_7}
NEW = [item for item in WIRE_7 if item["kind"] == "base"]
AGAIN = [item for item in WIRE_7 if item["kind"] != "base"]
AT = datetime.fromisoformat("2026-03-05T09:30:00+00:00")
SEEDS = st.integers(0, 2**32)
Shingles = set[tuple[str, ...]]


def a_story(rng: Random, number: int) -> Story:
    beat, agency = any_beat(rng), AGENCIES[number % len(AGENCIES)]
    scene = new_scene(rng, beat, AT)
    return Story(f"s{number}", 0.0, agency, beat, scene, compose(agency, beat, scene, AT))


def again(kind: str, seed: int) -> tuple[Story, Copy]:
    """A story and its re-issue, other stories lying about."""
    rng = Random(seed)
    recent = [a_story(rng, number) for number in range(5)]
    return recent[0], EDITS[kind](Desk(rng, AGENCIES[seed % len(AGENCIES)], AT, recent), recent[0])


def sentences(copy: Copy) -> list[str]:
    return [sentence for paragraph in copy.paragraphs for sentence in paragraph]


def words(copy: Copy) -> list[str]:
    return " ".join(sentences(copy)).split()


def in_order(few: list[str], many: list[str]) -> bool:
    left = iter(many)
    return all(one in left for one in few)


def one_spelling(text: str) -> str:
    """British, then in the short forms of a wire."""
    text = text.lower()
    for table, pattern in SPELT:
        text = pattern.sub(lambda found: table[found[0]], text)  # noqa: B023  # called at once
    return text


def when(item: dict[str, Any]) -> datetime:
    return datetime.strptime(item["ts"], "%Y-%m-%dT%H:%M:%S%z")


@given(SEEDS, st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=25, deadline=None)
def test_a_shorter_wire_is_the_head_of_a_longer_one(seed: int, few: int, more: int) -> None:
    """The same seed writes the same bytes, however many items are asked for."""
    short = [orjson.dumps(item) for item in wire(seed, few)]
    long = [orjson.dumps(item) for item in wire(seed, few + more)]
    assert short == long[:few]
    assert len(long) == few + more


def test_another_seed_is_another_wire() -> None:
    """No text of one seed comes in another."""
    texts = {item["text"] for item in NEW if item.get("text")}
    assert texts.isdisjoint(item.get("text") for item in wire(8, 500))


def test_the_wire_is_made_as_it_is_asked_for() -> None:
    """The first items of a wire that no machine could hold come at once."""
    assert len(list(islice(wire(1, 10**15), 20))) == 20


def test_only_the_latest_stories_are_remembered() -> None:
    """No re-issue, nor what it borrows from, goes further back than the last stories within reach."""
    told: list[str] = []
    for item in WIRE_7:
        meant = {item["parent"], *item.get("contains", [])} - {None}
        assert meant <= set(told[-REACH:])
        if item["kind"] == "base" and item.get("text"):
            told.append(item["id"])


def test_a_story_past_its_life_is_not_issued_again() -> None:
    """Between a story and its re-issue lies at most the life asked for, and the lateness of both."""
    items = list(wire(3, 600, life_days=0.01, per_minute=2.0))
    at = {item["id"]: when(item) for item in items}
    lags = [at[item["id"]] - at[item["parent"]] for item in items if item["parent"]]
    assert lags
    assert max(lags) <= timedelta(days=0.01, seconds=92)


def test_no_id_comes_twice() -> None:
    """Every item has an id of its own, and every parent came before."""
    assert len(BY_ID) == len(WIRE_7)
    place = {item["id"]: n for n, item in enumerate(WIRE_7)}
    assert all(place[item["parent"]] < place[item["id"]] for item in AGAIN)


def test_time_goes_on() -> None:
    """ISO times that rise but for a minute and a half, some items a minute, from the start asked for."""
    times = [when(item) for item in WIRE_7]
    assert times[0] >= AT.replace(month=1, day=5, hour=0, minute=0)
    assert min(after - before for before, after in pairwise(times)) >= timedelta(seconds=-91)
    assert any(after < before for before, after in pairwise(times))
    assert timedelta(minutes=600) < times[-1] - times[0] < timedelta(minutes=900)


def test_every_kind_comes_in_its_share() -> None:
    """A third of the items are re-issues, of all twelve kinds alike, by several sources."""
    kinds = Counter(item["kind"] for item in AGAIN)
    assert set(kinds) == set(EDITS)
    assert len(EDITS) == 12
    assert 0.30 < len(AGAIN) / len(WIRE_7) < 0.36
    assert min(kinds.values()) > len(AGAIN) / 24
    assert {item["source"] for item in WIRE_7} == {agency.source for agency in AGENCIES}


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_share_of_reissues_is_asked_for(share: float) -> None:
    """None, half, or all that can be: the first stories have to be new."""
    items = list(wire(5, 800, reissues=share))
    assert abs(sum(item["kind"] != "base" for item in items) / 800 - share) < 0.06


def test_lengths_are_those_of_a_wire() -> None:
    """Most reports are briefs; the long ones have about 2.4 KB; a few are a headline and nothing under it."""
    texts = [item["text"] for item in NEW if item.get("text")]
    counts = [len(text.split()) for text in texts]
    long = sorted(len(text) for text in texts if len(text) > 1300)
    assert min(counts) >= 50
    assert max(counts) <= 520
    assert 0.35 < len(long) / len(texts) < 0.45
    assert 2200 < long[len(long) // 2] < 2700
    assert 0.01 < 1 - len(texts) / len(NEW) < 0.06


def test_every_item_has_what_an_item_needs() -> None:
    """Strings under the names of an item, a title always, and nothing of the grammar left over."""
    for item in WIRE_7:
        said = [value for name, value in item.items() if name not in ("parent", "contains")]
        assert all(isinstance(value, str) for value in said)
        assert item["title"].strip()
        assert not re.search(
            r"[\[\]{}|]|  \S| [.,;]", item["title"] + item.get("text", "").replace("\n    ", "\n")
        )


def shingles(text: str) -> Shingles:
    found = re.findall(r"\w+", text.lower())
    return set(zip(found, found[1:], found[2:], strict=False))


def test_two_reports_of_a_beat_are_two_events() -> None:
    """However alike their templates, no two new reports share a third of their word triples."""
    marks = [shingles(item["text"]) for item in NEW[:600] if item.get("text")]
    assert max(len(a & b) / len(a | b) for a, b in combinations(marks, 2)) < 0.35


@given(SEEDS)
@settings(deadline=None)
def test_typo(seed: int) -> None:
    """As many words, a few of them mistyped, none of them a figure."""
    story, copy = again("typo", seed)
    assert copy.title == story.copy.title
    changed = [(a, b) for a, b in zip(words(story.copy), words(copy), strict=True) if a != b]
    assert 1 <= len(changed) <= 0.06 * len(words(copy)) + 1
    assert not any(letter.isdigit() for pair in changed for word in pair for letter in word)


@given(SEEDS)
@settings(deadline=None)
def test_spelling(seed: int) -> None:
    """Nothing but the spelling and the dateline changes."""
    story, copy = again("spelling", seed)
    assert copy.title == story.copy.title
    assert one_spelling(" ".join(words(copy))) == one_spelling(" ".join(words(story.copy)))


def test_spelling_is_seen() -> None:
    """Many texts have a word that another house spells otherwise."""
    pairs = [again("spelling", seed) for seed in range(60)]
    assert sum(words(story.copy) != words(copy) for story, copy in pairs) > 20


@given(SEEDS)
@settings(deadline=None)
def test_headline(seed: int) -> None:
    """Another headline over the same words."""
    story, copy = again("headline", seed)
    assert copy.title != story.copy.title
    assert copy.paragraphs == story.copy.paragraphs


@given(SEEDS)
@settings(deadline=None)
def test_caption(seed: int) -> None:
    """One paragraph more, which says what is seen and whose picture it is."""
    story, copy = again("caption", seed)
    more = [paragraph for paragraph in copy.paragraphs if paragraph not in story.copy.paragraphs]
    assert len(more) == 1
    assert re.search(r"\([RLC]\) is seen in .+ \(.+\) ==.+", more[0][0])
    assert [paragraph for paragraph in copy.paragraphs if paragraph not in more] == [*story.copy.paragraphs]


@given(SEEDS)
@settings(deadline=None)
def test_update(seed: int) -> None:
    """One to three sentences that are new, beside a lede and a tail reworded, and much of the rest."""
    story, copy = again("update", seed)
    old, new = sentences(story.copy), sentences(copy)
    assert 1 <= len([one for one in new if one not in old]) <= 3 + 2
    before = Counter(words(story.copy))
    assert (before & Counter(words(copy))).total() >= 0.35 * before.total()


@given(SEEDS)
@settings(deadline=None)
def test_insert(seed: int) -> None:
    """All of it in order, and more."""
    story, copy = again("insert", seed)
    assert in_order(sentences(story.copy), sentences(copy))
    assert len(sentences(copy)) > len(sentences(story.copy))


@given(SEEDS)
@settings(deadline=None)
def test_remove(seed: int) -> None:
    """At least half of it in order, and less."""
    story, copy = again("remove", seed)
    assert in_order(sentences(copy), sentences(story.copy))
    assert len(sentences(story.copy)) // 2 <= len(sentences(copy)) < len(sentences(story.copy))


@given(SEEDS)
@settings(deadline=None)
def test_brief(seed: int) -> None:
    """The head of its parent: at most 56 words, and two thirds."""
    story, copy = again("brief", seed)
    assert words(story.copy)[: len(words(copy))] == words(copy)
    assert 20 <= len(words(copy)) <= min(56, len(words(story.copy)) * 2 // 3)
    assert copy.head == story.copy.head


@given(SEEDS)
@settings(deadline=None)
def test_wrap(seed: int) -> None:
    """Its parent's lede and those of two others, whose ids it tells."""
    story, copy = again("wrap", seed)
    assert sentences(story.copy)[0] in sentences(copy)
    assert len(set(copy.contains)) == 3
    assert story.id in copy.contains
    assert copy.title.startswith("WRAPUP ")


@given(SEEDS)
@settings(deadline=None)
def test_reorder(seed: int) -> None:
    """The sentences that it had, a rewriter's phrases aside, seldom in the order that they had."""
    story, copy = again("reorder", seed)
    plain = re.compile("|".join(TAILS))
    before, after = ([plain.sub("", one) for one in sentences(each)] for each in (story.copy, copy))
    assert after[0].endswith(before[0])
    assert sorted(before[1:]) == sorted(after[1:])


def test_reorder_moves() -> None:
    """Most reorders leave the sentences in another order."""
    pairs = [again("reorder", seed) for seed in range(60)]
    ends = [([s[-25:-1] for s in sentences(each)] for each in (story.copy, copy)) for story, copy in pairs]
    assert sum(before != after for before, after in ends) > 40


@given(SEEDS)
@settings(deadline=None)
def test_paraphrase(seed: int) -> None:
    """Only words that have a synonym change."""
    story, copy = again("paraphrase", seed)
    kept = [part for part in MEANT.split(" ".join(words(story.copy)))[::2] if part.strip()]
    assert in_order(
        [word for part in kept for word in re.findall(r"\w+", part)],
        re.findall(r"\w+", " ".join(words(copy))),
    )


@given(SEEDS)
@settings(deadline=None)
def test_combo(seed: int) -> None:
    """Everything at once, and still most of its words."""
    story, copy = again("combo", seed)
    before, after = (
        Counter(re.findall(r"\w+", one_spelling(" ".join(words(c))))) for c in (story.copy, copy)
    )
    assert (before & after).total() >= 0.85 * before.total()
    assert " is seen in " in " ".join(words(copy))


def test_a_wrap_on_the_wire_tells_what_it_carries() -> None:
    """`contains` names three items that came before, the parent one of them, and only wrap-ups have it."""
    wraps = [item for item in WIRE_7 if "contains" in item]
    assert {item["kind"] for item in wraps} == {"wrap"}
    assert all(item["parent"] in item["contains"] and len(item["contains"]) == 3 for item in wraps)
    assert all(one in BY_ID for item in wraps for one in item["contains"])


@pytest.mark.parametrize("wrong", ["[a|b", "a]", "a|b"])
def test_a_template_with_loose_brackets_is_refused(wrong: str) -> None:
    """A slip in the grammar is told when it is read, not printed on the wire."""
    with pytest.raises(ValueError, match=r"unmatched|not closed"):
        compile_line(wrong, maker)


def test_the_command_writes_json_lines(tmp_path: Path) -> None:
    """`python -m bench.wire` writes what `wire` gives, one item a line, to a file or to standard output."""
    asked = ["--seed", "7", "--items", "20"]
    shown = CliRunner().invoke(main, asked)
    CliRunner().invoke(main, [*asked, "--out", str(tmp_path / "w.jsonl")])
    lines = (tmp_path / "w.jsonl").read_bytes().splitlines()
    assert [orjson.loads(line) for line in lines] == list(wire(7, 20))
    assert shown.stdout_bytes.splitlines() == lines
