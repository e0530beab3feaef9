"""The fitted weights as rows for the policy of the story channel, whole numbers. Reasons are kept, never invented here."""

from collections.abc import Iterator

from bench.fit.odds import WITH_HEADLINES, WITH_LENGTH, Fitted
from stream.core import policy_story
from stream.core.measured import MEASURES

_FINE = 10_000  # parts of a log of odds


def rows(fitted: Fitted) -> Iterator[str]:
    """Lines of Python, to be pasted."""
    reasons = {row.measure: row.why for row in policy_story.WEIGHTS}
    yield f"BIAS: Final = {round(fitted.bias * 100)}"
    for measure in MEASURES:
        plain, headlines, length = (
            round(_FINE * weight)
            for weight in (
                fitted.column(measure, MEASURES, 0),
                fitted.column(measure, WITH_HEADLINES, len(MEASURES)),
                fitted.column(measure, WITH_LENGTH, len(MEASURES) + len(WITH_HEADLINES)),
            )
        )
        yield f'    Weight("{measure}", {plain}, {headlines}, {length}, "{reasons.get(measure, "")}"),'
