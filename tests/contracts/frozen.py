"""The contract as it was published: schemas/frozen, a path a line. Renewed on purpose:

python -m tests.contracts.frozen               after additions; refuses what would break a subscriber
python -m tests.contracts.frozen --breaking    before a first release alone; afterwards a break is a new
                                               version: <name>.v2.json on a topic of its own
"""

import sys
from pathlib import Path

import schemas
from stream.core.codec import decode, encode
from tests.contracts.breaks import breaks
from tests.contracts.listing import Listing, documents, listings

FOLDER = Path(schemas.__file__).parent / "frozen"


def published() -> dict[str, Listing]:
    return {file.stem: decode(file.read_bytes()) for file in sorted(FOLDER.glob("*.json"))}


def broken() -> list[str]:
    """What in the contract as it stands would break those who rely on the published one."""
    now = listings(documents())
    return [
        f"{name} {what}" for name, older in published().items() for what in breaks(older, now.get(name, {}))
    ]


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, found in listings(documents()).items():
        lines = (
            f"{encode(path).decode()}: {encode(facts).decode()}" for path, facts in sorted(found.items())
        )
        (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def main(arguments: list[str]) -> str | None:
    """What to say where it refuses; None where it wrote."""
    found = broken()
    if found and "--breaking" not in arguments:
        return "\n".join([*found, "This breaks subscribers: publish a new version instead (see --breaking)."])
    print("\n".join(found))
    write()
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
