"""The fitted weights as rows for the policy of the story channel, whole numbers. Reasons are kept, never invented here."""

from collections.abc import Iterator

from bench.fit.odds import WITH, Fitted
from stream.core import policy_story
from stream.core.measured import MEASURES

_FINE = 10_000  # parts of a log of odds


def rows(fitted: Fitted) -> Iterator[str]:
    """Lines of Python, to be pasted."""
    reasons = {row.measure: row.why for row in policy_story.WEIGHTS}
    yield f"BIAS: Final = {round(fitted.bias * 100)}"
    for measure in MEASURES:
        weights = [round(_FINE * fitted.column(measure, column)) for column in ("", *WITH)]
        yield f'    Weight("{measure}", {", ".join(map(str, weights))}, "{reasons.get(measure, "")}"),'
