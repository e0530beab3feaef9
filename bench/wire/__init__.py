"""A seeded news wire of our own making: reports and their re-issues, any number. No real text may enter."""

from bench.wire.agencies import AGENCIES
from bench.wire.edits import EDITS
from bench.wire.stream import wire

__all__ = ["AGENCIES", "EDITS", "wire"]
