"""Where a worker's processor time goes: its stack, looked at a thousand times a second of that time. Nothing is timed alone."""

import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Final

EVERY = 0.001  # seconds of processor time between two looks
REST = "the loop, connections, faust"
FETCH = "fetch: the consumer's thread"

# The first frame from within that is found here says the part: file (how it ends), function ("" is any).
PARTS: Final = (
    ("core/codec.py", "", "encode: JSON"),
    ("core/item_json.py", "item_to_json", "encode: JSON"),
    ("core/messages.py", "", "encode: JSON"),
    ("core/record.py", "write", "encode: JSON"),
    ("core/events.py", "binary", "encode: JSON"),
    ("worker/steps.py", "normalised", "core: normalise"),
    ("worker/steps.py", "read", "core: read an item"),
    ("worker/steps.py", "decide", "core: decide"),
    ("worker/desk.py", "", "core: join, shrink"),
    ("worker/tally.py", "", "count"),
    ("worker/writer.py", "", "write"),
    ("worker/patience.py", "", "write"),
    ("worker/fenced.py", "", "write"),
    ("producer/sender.py", "", "write"),
    ("producer/message_accumulator.py", "", "write"),
    ("producer/producer.py", "", "write"),
    ("worker/agents.py", "", "write"),
    ("worker/batches.py", "", "consume"),
    ("worker/consumer.py", "", "consume"),
    ("consumer/fetcher.py", "", "consume"),
    ("transport/consumer.py", "", "consume"),
    ("transport/conductor.py", "", "consume"),
    ("faust/streams.py", "", "consume"),
    ("faust/channels.py", "", "consume"),
)


BEGIN, TELL = signal.SIGRTMIN, signal.SIGRTMIN + 1  # faust has a use for SIGUSR1


def sample(path: Path) -> None:
    """From BEGIN to TELL, which leaves at `path` seconds of processor time by part."""
    found: Counter[str] = Counter()
    own, whole = [0.0], [0.0]
    main = time.pthread_getcpuclockid(threading.main_thread().ident or 0)

    def look(_: int, frame: FrameType | None) -> None:
        found[part(frame)] += 1

    def begin(*_: object) -> None:
        own[0], whole[0] = time.clock_gettime(main), time.process_time()
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def tell(*_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        mine, all_ = time.clock_gettime(main) - own[0], time.process_time() - whole[0]
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(_seconds(found, mine) | {FETCH: all_ - mine}), encoding="utf-8")
        beside.rename(path)

    signal.signal(signal.SIGPROF, look)
    signal.signal(BEGIN, begin)
    signal.signal(TELL, tell)


def _seconds(found: Mapping[str, int], own: float) -> dict[str, float]:
    looks = max(1, sum(found.values()))
    return {name: own * count / looks for name, count in found.items()}


def part(frame: FrameType | None) -> str:
    """What a stack is at."""
    while frame is not None:
        path, name = frame.f_code.co_filename, frame.f_code.co_name
        for ending, function, told in PARTS:
            if path.endswith(ending) and function in ("", name):
                return told
        frame = frame.f_back
    return REST
