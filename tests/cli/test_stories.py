"""Laws of `slugline stories`: the last state of each story, in the fold's bytes or for people."""

import pytest

from stream.core.codec import decode, encode
from stream.topics import STATE
from tests.cli.published import Message, as_state, lines, one_line, put, slugline, started, told
from tests.conftest import Running


def states(items: int) -> list[Message]:
    return [as_state(state) for state in told(items).stories()]


def test_json_is_the_fold(broker: Running) -> None:
    """Byte for byte, open and closed, whatever older states a topic still holds."""
    put(broker.address, states(100) + states(200) + states(300))
    done = slugline(broker.address, "stories", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert lines(done.stdout) == list(told().stories())


def test_a_key_without_a_value_is_no_story(broker: Running) -> None:
    """Compaction's mark for a story that was taken away."""
    first, *others = states(300)
    put(broker.address, [first, *others, (STATE, first[1], None, ())])
    shown = [
        decode(line)["id"].encode() for line in lines(slugline(broker.address, "stories", "--json").stdout)
    ]
    assert shown == [key for _, key, _, _ in others]


def test_closed_stories_are_left_out_when_asked(broker: Running) -> None:
    """And only then."""
    open_one, other = (decode(state) for state in list(told().stories())[:2])
    put(broker.address, [as_state(encode(open_one)), as_state(encode({**other, "status": "closed"}))])
    assert len(lines(slugline(broker.address, "stories", "--json").stdout)) == 2
    assert lines(slugline(broker.address, "stories", "--json", "--open").stdout) == [encode(open_one)]


def test_people_see_the_newest_first(broker: Running) -> None:
    """One line a story: fifty of them, or all; each begins with when it was last seen and its id."""
    put(broker.address, states(300))
    stories = [decode(state) for state in told().stories()]
    newest = sorted(stories, key=lambda state: (state["seen"]["last"], state["id"]), reverse=True)
    ids = [state["id"][:8] for state in newest]
    heading, *shown, more = slugline(broker.address, "stories").stdout.decode().splitlines()
    assert "headline" in heading
    assert [line.split()[2] for line in shown] == ids[:50]
    assert f"{len(stories) - 50} more" in more
    whole = slugline(broker.address, "stories", "--all").stdout.decode().splitlines()[1:]
    assert [line.split()[2] for line in whole] == ids


def test_one_story_whole_by_how_its_id_begins(broker: Running) -> None:
    """Uncut, with every member; as JSON, its state alone."""
    put(broker.address, states(300))
    largest = max(map(decode, told().stories()), key=lambda state: int(state["members_count"]))
    done = slugline(broker.address, "stories", largest["id"][:10])
    card = " ".join(done.stdout.decode().split())
    assert largest["id"] in card
    assert " ".join(largest["headline"].split()) in card
    assert all(member["id"] in card for member in largest["members"])
    done = slugline(broker.address, "stories", largest["id"], "--json")
    assert done.stdout == encode(largest) + b"\n"


@pytest.mark.parametrize(("written", "said"), [("zebra", b"no story 'zebra'"), ("", b"begin with ''")])
def test_an_id_that_names_no_story_or_many(broker: Running, written: str, said: bytes) -> None:
    """Exit code 2 and one line, with the command that lists them."""
    put(broker.address, states(300))
    done = slugline(broker.address, "stories", written)
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr)
    assert said in done.stderr
    assert b"`slugline stories --all`" in done.stderr


def test_what_is_no_state_is_told_and_passed_by(broker: Running) -> None:
    """Where it lies, with exit code 1; the stories around it are shown."""
    put(broker.address, [*states(300), (STATE, b"junk", b"[]", ()), (STATE, b"more", b"{", ())])
    done = slugline(broker.address, "stories", "--json")
    assert done.returncode == 1
    assert lines(done.stdout) == list(told().stories())
    assert [b"story.state.v1[" in line for line in lines(done.stderr)] == [True, True]


def test_a_topic_without_stories_says_so(broker: Running) -> None:
    """A newcomer's first look is not an empty screen; a program's is."""
    done = slugline(broker.address, "stories")
    assert (done.returncode, b"no stories" in done.stdout) == (0, True)
    assert slugline(broker.address, "stories", "--json").stdout == b""


def test_a_reader_that_leaves_ends_it_quietly(broker: Running) -> None:
    """As `| head -1` does, with more to come than a pipe holds."""
    put(broker.address, states(300))
    assert sum(len(state) for state in told().stories()) > 2 * 65_536
    with started(broker.address, "stories", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.wait(30) == 0
        assert process.stderr.read() == b""
