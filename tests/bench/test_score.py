"""Laws of make score: figures as the literature defines them, judges that see no gold, errors where they were made."""

import json
import sys
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bench.checks.fields import LISTED
from bench.checks.ground import ITEMS
from bench.score.__main__ import main
from bench.score.corpora import CORPORA
from bench.score.errors import drawn
from bench.score.figures import PRF, Count, Share
from bench.score.folding import entries, folded, said
from bench.score.gold import Error
from bench.score.measures import Table, counted, within_life
from bench.score.minhash import shingles
from bench.score.pairs import Pairs
from bench.score.resends import LINKS, Resends
from bench.score.running import SLUGLINE, at_hand, opened
from bench.score.said import Entry, Said, one_grouping
from bench.score.shuffle import AS_IT_CAME, SHUFFLE, SPAN, differing, in_both, put_back, shuffled
from bench.score.stories import BEST, Stories
from bench.score.tfidf import LIFE, tfidf
from bench.score.titles import titles
from bench.wire import wire
from stream.core.times import DAY

FEW = 150
# Bagga and Baldwin, 1998: twelve mentions, and two answers that each merge two of the three true groups.
TRUE = [0] * 5 + [1] * 2 + [2] * 5
SMALL_MERGED, LARGE_MERGED = [0] * 5 + [1] * 7, [0] * 5 + [1] * 2 + [0] * 5
# Manning, Raghavan and Schütze, 2008, figure 16.4: seventeen points in three clusters, of three classes.
CLUSTERS = "a" * 6 + "b" * 6 + "c" * 5
CLASSES = "xxxxxo" + "xooood" + "xxddd"

groups = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=24)


def rounded(figure: PRF) -> tuple[float, ...]:
    return tuple(round(value, 3) for value in figure)


# --- measures ---


def test_bcubed_is_bagga_and_baldwins() -> None:
    """Their two answers lose 24 and 42 of a hundred of precision, and no recall; turned about, recall and no precision."""
    assert rounded(Table(SMALL_MERGED, TRUE).bcubed())[:2] == (0.762, 1.0)
    assert rounded(Table(LARGE_MERGED, TRUE).bcubed())[:2] == (0.583, 1.0)
    assert rounded(Table(TRUE, SMALL_MERGED).bcubed())[:2] == (1.0, 0.762)


def test_pairwise_is_mannings() -> None:
    """Of 40 pairs said, 20 are true; of 44 that are true, 20 are said: F1 is 40 of 84."""
    found = Table(CLUSTERS, CLASSES).pairwise()
    assert found == PRF(20 / 40, 20 / 44, 40 / 84)


def test_by_hand() -> None:
    """Five items, one of them in the wrong story: one of two pairs said is true, of two that are true one is said."""
    table = Table(["s", "s", "t", "t", "u"], ["s", "s", "s", "t", "u"])
    assert table.pairwise() == PRF(1 / 2, 1 / 3, 2 / 5)
    assert rounded(table.bcubed()) == (0.8, 0.733, 0.765)


@given(groups)
def test_counts_are_those_of_all_pairs(both: list[tuple[int, int]]) -> None:
    """What is counted group by group is what looking at every pair, and at every item's group, counts."""
    together, true = [one for one, _ in both], [other for _, other in both]
    pairs = list(combinations(range(len(both)), 2))
    linked = {(a, b) for a, b in pairs if together[a] == together[b]}
    gold = {(a, b) for a, b in pairs if true[a] == true[b]}
    table = Table(together, true)
    assert table.pairwise() == counted(len(linked & gold), len(linked), len(gold))
    each = [
        sum(both[b] == both[a] for b in range(len(both)))
        / sum(together[b] == together[a] for b in range(len(both)))
        for a in range(len(both))
    ]
    assert table.bcubed().precision == pytest.approx(sum(each) / max(len(each), 1))


@given(groups)
def test_a_grouping_repeats_itself(both: list[tuple[int, int]]) -> None:
    """Other names change nothing; and each measure's precision is the other direction's recall."""
    one, other = [a for a, _ in both], [b for _, b in both]
    assert Table([f"group {name}" for name in one], one).pairwise() == PRF(1.0, 1.0, 1.0)
    for measure in (Table.pairwise, Table.bcubed):
        there, back = measure(Table(one, other)), measure(Table(other, one))
        assert (there.precision, there.recall) == (back.recall, back.precision)


def test_all_apart() -> None:
    """Nothing said is nothing wrong, and finds no pair; BCubed gives recall for it, which is why pairs come first."""
    table = Table(range(4), ["s", "s", "t", "u"])
    assert table.pairwise() == PRF(1.0, 0.0, 0.0)
    assert rounded(table.bcubed()) == (1.0, 0.75, 0.857)


def test_a_story_lives_so_long_after_its_last_member() -> None:
    """Members a life apart can be joined, and one more than that cannot; another story in between changes nothing."""
    true, times = ["s", "t", "s", "s", "t"], [0, 5, 10, 21, 15]
    lives = within_life(true, times, 10)
    assert lives[0] == lives[2] != lives[3]
    assert lives[1] == lives[4]


# --- gold ---


def pair_gold(*judged: tuple[str, str, str]) -> Pairs:
    lines = [{"id": name} for name in "abcde"]
    return Pairs.of(lines, [{"a": a, "b": b, "label": label} for a, b, label in judged])


def test_judged_pairs() -> None:
    """Families are held against duplicates and revisions, stories against these and other reports of the event."""
    gold = pair_gold(
        ("a", "b", "duplicate"), ("c", "a", "revision"), ("a", "d", "same_story"), ("a", "e", "unrelated")
    )
    judge = Said(family="ffggf", story="sstss")
    found = gold.figures(judge, [])
    assert found["near-duplicate"] == PRF(1 / 2, 1 / 2, 1 / 2)
    assert found["story"] == PRF(2 / 3, 2 / 3, 2 / 3)
    assert [(one.kind, one.earlier, one.later) for one in gold.errors(judge)] == [
        ("false link, near-duplicate", 0, 4),
        ("missed, near-duplicate", 0, 2),
        ("false link, story", 0, 4),
        ("missed, story", 0, 2),
    ]


RESENT = (
    {"id": "w1", "kind": "base", "parent": None},
    {"id": "w2", "kind": "base", "parent": None},
    {"id": "m1", "kind": "typo", "parent": "w1"},
    {"id": "m2", "kind": "wrap", "parent": "w1"},
    {"id": "m3", "kind": "wrap", "parent": "w1"},
    {"id": "w3", "kind": "base", "parent": None},
    {"id": "w4", "kind": "base", "parent": None},
)


def test_re_issues() -> None:
    """A wrap-up may name its original, or a copy of it, instead of joining it; another kind may not."""
    gold = Resends.of(RESENT)
    judge = Said(family="abaccdd", story="abaccdd", contains={3: frozenset({2}), 4: frozenset({1})})
    found = gold.figures(judge, [])
    assert found["typo"] == Share(1, 1)
    assert found["wrap"] == Share(1, 2)
    assert found[LINKS] == Share(1, 3)
    assert [(one.kind, one.earlier, one.later) for one in gold.errors(judge)] == [
        ("missed", 0, 4),
        ("to be read", 5, 6),
    ]
    plain = Said(family="abc", story="abc", contains={2: frozenset({0})})
    assert Resends.of(RESENT[:3]).figures(plain, [])["typo"] == Share(0, 1)


def test_a_link_to_a_re_issued_item_is_another_matter() -> None:
    """Only links with both ends never re-issued are counted."""
    assert Resends.of(RESENT).figures(one_grouping("aaaaabc"), [])[LINKS] == Share(0, 3)


def test_errors_stand_where_they_were_made() -> None:
    """A wrong merge of two stories, however large, is one error, and so is a story in two parts."""
    gold = Stories(["s", "s", "t", "t", "s", "s"])
    merged = gold.errors(one_grouping("aaaaaa"))
    assert [(one.kind, one.earlier, one.later, one.gold) for one in merged] == [("false link", 0, 2, "s | t")]
    split = gold.errors(one_grouping("aabbcc"))
    assert [(one.kind, one.earlier, one.later) for one in split] == [("missed", 1, 4)]
    assert gold.errors(one_grouping("aabbaa")) == []


def test_a_false_link_is_shown_beside_what_it_was_joined_to() -> None:
    """Not beside the first of the story, which may be far from it."""
    gold = Stories(["s", "s", "t"])
    assert gold.errors(Said("aaa", "aaa", to=[None, 0, 1]))[0].earlier == 1


def test_a_draw_is_the_same_every_time() -> None:
    """So many of each kind, in their order; all of them for 0."""
    every = [Error(kind, at, at + 1, "") for at in range(20) for kind in ("missed", "false link")]
    some = drawn(every, 5)
    assert some == drawn(every, 5) == [one for one in every if one in some]
    assert [sum(one.kind == kind for one in some) for kind in ("missed", "false link")] == [5, 5]
    assert drawn(every, 0) == every


# --- judges ---


def entry(title: str, body: str = "", ts: int = 0) -> Entry:
    return Entry("", ts, title, body)


QUAKE = "A strong earthquake shook Kobe at dawn on Monday, the meteorological agency said."
BANK = "Midland Bank raised its prime lending rate by half a point to 10 pct, dealers said."


def test_titles_are_normalised() -> None:
    """Case, marks and spaces apart; items without a title are not one group."""
    found = titles(
        [
            entry("QUAKE HITS KOBE"),
            entry("Quake hits  Kobe."),
            entry("Quake hits Osaka"),
            entry(""),
            entry(""),
        ]
    )
    first, again, *others = found.story
    assert first == again
    assert len({first, *others}) == 4


@pytest.mark.parametrize("name", [name for name in at_hand() if name != "title"])
def test_a_baseline_joins_what_is_alike(name: str) -> None:
    """The same report under another title; not another event."""
    items = [entry("Kobe shaken", QUAKE), entry("Prime rate up", BANK), entry("Quake in Japan", QUAKE)]
    one, other, again = at_hand()[name](items).story
    assert one == again != other


def test_a_centroid_takes_members_for_a_storys_life() -> None:
    """A report that comes again after it is another story."""
    times = [0, LIFE, 2 * LIFE + DAY]
    one, within, past = tfidf([entry("Kobe", QUAKE, ts) for ts in times]).story
    assert one == within != past


def test_shingles_of_few_words() -> None:
    """Never none: two flashes of two words can be compared."""
    assert shingles("Fed cuts") == [b"fed cuts"]
    assert shingles("Fed cuts rates again") == [b"fed cuts rates", b"cuts rates again"]


def test_without_datasketch(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """Its column is left out, and a line says why."""
    monkeypatch.setitem(sys.modules, "datasketch", None)
    told = asked("--only", "scoop", SLUGLINE_DATA=str(place))
    assert told.stdout.splitlines()[1].split() == ["set", "measure", "slugline", "title", "tf-idf"]
    assert "minhash is left out: datasketch is not installed\n" in told.stdout


# --- the whole, on a made-up wire in a folder of the same shape ---


def write(path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wires")
    items = list(wire(17, FEW))
    reissues = [item for item in items if item["parent"]]
    write(folder / ITEMS, items)
    judged = [{"a": item["parent"], "b": item["id"], "label": "revision"} for item in reissues]
    write(folder / "wire-1987" / "pairs.jsonl", judged)
    write(folder / "wire-1987" / "resends.jsonl", items)
    write(
        folder / "stories" / "scoop.jsonl",
        [{**item, "story": item["parent"] or item["id"]} for item in items],
    )
    return folder


def asked(*options: str, **environment: str) -> Result:
    result = CliRunner().invoke(main, options, env=environment)
    assert result.exit_code == 0, result.output
    return result


def test_the_judges_see_no_gold(place: Path, tmp_path: Path) -> None:
    """The stream has the listed fields and names that tell nothing, in the order of the file, and gold finds its items."""
    stream = opened("resends", CORPORA["resends"], place, tmp_path)
    given = [orjson.loads(line) for line in (place / "wire-1987" / "resends.jsonl").read_bytes().splitlines()]
    shown = [orjson.loads(line) for line in stream.stripped.read_bytes().splitlines()]
    assert all(set(line) <= {*LISTED, "id"} for line in shown)
    assert list(stream.ids) == [line["id"] for line in given]
    assert not {line["id"] for line in shown} & set(stream.ids)
    assert [item.title for item in entries(stream.stripped)] == [line.get("title", "") for line in given]


def test_assignments_are_read_by_position() -> None:
    """Stories and families as told; a refused item stands alone; what it was joined to and what it contains by position."""
    whole = {"story": "s", "family": "f", "reason": "why"}
    told = said(
        [
            {**whole, "item": "x", "to": None},
            {"item": None, "error": "too large", "input": "file:2"},
            {**whole, "item": "y", "to": "x", "contains": ["x"]},
        ]
    )
    assert told.story == ["s", "refused 1", "s"]
    assert (told.to, told.contains, told.refused) == ([None, None, 0], {2: frozenset({0})}, 1)
    assert told.reason(1) == "too large"


def test_the_core_is_asked_as_a_stream(place: Path, tmp_path: Path) -> None:
    """On a made-up wire the fold finds most re-issues of every kind together, and a typo's every time."""
    stream = opened("resends", CORPORA["resends"], place, tmp_path)
    found = stream.gold.figures(folded(stream.stripped), stream.items)
    shares = [figure for kind, figure in found.items() if kind != LINKS and isinstance(figure, Share)]
    assert len(shares) > 5
    assert sum(one.count for one in shares) > 0.7 * sum(one.of for one in shares)


def test_the_table(place: Path) -> None:
    """A column for each judge, all sets that are there, those that are not by name; progress on standard error."""
    told = asked(SLUGLINE_DATA=str(place))
    rows = [line.split() for line in told.stdout.splitlines()]
    assert rows[1] == ["set", "measure", SLUGLINE, *at_hand()]
    assert {row[0] for row in rows if row[0] in CORPORA} == {"pairs", "resends", "scoop"}
    assert "not there: incidents, ecbplus, headlines" in told.stdout
    assert f"scoop: slugline, {FEW} items" in told.stderr


def test_one_json_object(place: Path) -> None:
    """It has what the table has, and nothing else is on standard output."""
    told = json.loads(asked("--json", "--only", "scoop", "--only", "pairs", SLUGLINE_DATA=str(place)).stdout)
    assert list(told["sets"]) == ["pairs", "scoop"]
    scoop = told["sets"]["scoop"]
    assert scoop["known"]["items"] == FEW
    assert BEST in scoop["known"]
    assert set(scoop["by"]) == {SLUGLINE, *at_hand()}
    assert set(scoop["by"][SLUGLINE]) == {"pairwise", "BCubed", "stories found", "time"}
    assert set(scoop["by"][SLUGLINE]["pairwise"]) == {"precision", "recall", "f1"}
    assert told["missing"] == []


def test_the_core_alone(place: Path) -> None:
    """For those who change it and look again."""
    told = json.loads(asked("--json", "--only", "scoop", "--no-baselines", SLUGLINE_DATA=str(place)).stdout)
    assert list(told["sets"]["scoop"]["by"]) == [SLUGLINE]
    assert told["left_out"] == {}


def test_errors_are_listed_with_their_texts(place: Path) -> None:
    """As many as gold has; the ids that the items had, both titles, the core's reason; in JSON the whole texts."""
    told = asked("--errors", "scoop", SLUGLINE_DATA=str(place)).stdout
    listed = json.loads(asked("--errors", "scoop", "--json", SLUGLINE_DATA=str(place)).stdout)["errors"]
    assert listed
    assert f"{len(listed)}. {listed[-1]['kind']}" in told
    assert f"{len(listed) + 1}. " not in told
    given = {item["id"] for item in wire(17, FEW)}
    for error in listed:
        assert {error["earlier"]["id"], error["later"]["id"]} <= given
        assert error["earlier"]["id"] in told
        assert error["reason"] in told
    assert len(
        json.loads(asked("--errors", "scoop", "--json", "--draw", "1", SLUGLINE_DATA=str(place)).stdout)[
            "errors"
        ]
    ) == len({error["kind"] for error in listed})


def test_shuffling_keeps_the_hours() -> None:
    """Every item is still there, in the hour it was in, and the same draw comes out each time."""
    items = [Entry(str(at), at * 20 * 60_000, "", "") for at in range(30)]
    order = shuffled(items)
    assert sorted(order) == list(range(30)) and order != list(range(30))
    assert [items[at].ts // SPAN for at in order] == [item.ts // SPAN for item in items]
    assert shuffled(items) == order


@given(groups)
def test_what_was_shuffled_is_put_back(both: list[tuple[int, int]]) -> None:
    """A judge that does not look at the order agrees with itself on every pair; nothing differs."""
    keys = [one for one, _ in both]
    order = shuffled([Entry(str(at), 0, "", "") for at in range(len(keys))])
    first = {key: keys.index(key) for key in keys}
    as_it_came = _pointing(keys, [first[key] for key in keys])
    back = {at: now for now, at in enumerate(order)}
    again = put_back(_pointing([keys[at] for at in order], [back[first[keys[at]]] for at in order]), order)
    assert again == as_it_came
    assert in_both(as_it_came, again).share == 1
    assert differing(as_it_came, again) == []


def test_pairs_in_one_run_alone_are_counted_and_listed() -> None:
    """Of two pairs, one is in both runs."""
    one, other = _pointing("aabb", [0, 0, 2, 2]), _pointing("aabc", [0, 0, 2, 3])
    assert in_both(one, other) == Share(1, 2)
    assert differing(one, other) == [Error(AS_IT_CAME, 2, 3, SHUFFLE)]


def _pointing(groups: Sequence[Hashable], to: Sequence[int]) -> Said:
    named = {at: frozenset({target}) for at, target in enumerate(to) if target != at}
    return Said(list(groups), list(groups), list(to), named, [str(group) for group in groups])


def test_the_wires_are_shuffled_and_listed(place: Path) -> None:
    """A row for each wire with the seed; the pairs that differ have their texts."""
    told = asked("--only", "shuffle", "--no-baselines", SLUGLINE_DATA=str(place)).stdout
    assert "pairs, pairs in both" in told and "resends, pairs in both" in told and "1,987" in told
    assert "pairs: " in asked("--errors", "shuffle", SLUGLINE_DATA=str(place)).stdout


def test_texts_are_cut_where_asked(place: Path) -> None:
    """With 0 lines all of them are there."""
    short = asked("--errors", "scoop", "--lines", "1", SLUGLINE_DATA=str(place)).stdout
    whole = asked("--errors", "scoop", "--lines", "0", SLUGLINE_DATA=str(place)).stdout
    assert "lines more" in short
    assert "lines more" not in whole
    assert len(whole) > len(short)


@pytest.mark.parametrize("options", [(), ("--json",), ("--errors", "scoop"), ("--only", "pairs", "--json")])
def test_where_nothing_is_there(options: tuple[str, ...], tmp_path: Path) -> None:
    """One line that says so, and 0."""
    told = asked(*options, SLUGLINE_DATA=str(tmp_path))
    assert told.stdout.count("\n") == 1
    assert str(tmp_path) in told.stdout


def test_a_set_nobody_knows() -> None:
    """Is refused with the names of those there are."""
    result = CliRunner().invoke(main, ["--only", "reuters"])
    assert result.exit_code == 2
    assert "ecbplus" in result.output


def test_figures_are_written_without_a_zero() -> None:
    """As the field writes them; a one keeps its own."""
    assert PRF(1.0, 0.5, 2 / 3).cell() == "1.000 .500 .667"
    assert Share(3, 4).cell() == "3 .750"
    assert Count(1234).cell() == "1,234"
