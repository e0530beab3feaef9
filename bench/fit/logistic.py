"""Logistic regression by Newton's method, with a weight for each row and a small penalty on size. No row's meaning enters."""

from collections.abc import Sequence
from math import exp

STEPS, SMALL = 50, 1e-9

Row = Sequence[float]


def logistic(
    rows: Sequence[Row], true: Sequence[bool], weights: Sequence[float], penalty: float
) -> list[float]:
    """The coefficient of each column, and last the constant, which bears no penalty."""
    wide = [(*row, 1.0) for row in rows]
    size = len(wide[0])
    found = [0.0] * size
    for _ in range(STEPS):
        slope = [-penalty * value for value in found[:-1]] + [0.0]
        bends = [*[penalty] * (size - 1), SMALL]
        curve = [[bends[at] if at == to else 0.0 for to in range(size)] for at in range(size)]
        for row, holds, weight in zip(wide, true, weights, strict=True):
            chance = _chance(sum(map(float.__mul__, found, row)))
            _add(slope, curve, row, weight * (holds - chance), weight * chance * (1 - chance))
        step = solve(curve, slope)
        found = [value + change for value, change in zip(found, step, strict=True)]
        if max(map(abs, step)) < SMALL:
            break
    return found


def _add(slope: list[float], curve: list[list[float]], row: Row, pull: float, bend: float) -> None:
    for at, value in enumerate(row):
        if value:
            slope[at] += pull * value
            line, part = curve[at], bend * value
            for to, other in enumerate(row):
                line[to] += part * other


def _chance(score: float) -> float:
    return 1 / (1 + exp(-score)) if score > -500 else 0.0


def solve(matrix: Sequence[Row], right: Row) -> list[float]:
    """The x with matrix · x = right, by elimination with the largest pivot. Raises ZeroDivisionError where there is none."""
    lines = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(lines)
    for at in range(size):
        pivot = max(range(at, size), key=lambda to: abs(lines[to][at]))
        lines[at], lines[pivot] = lines[pivot], lines[at]
        head = lines[at][at]
        lines[at] = [value / head for value in lines[at]]
        for to in range(size):
            if to != at and lines[to][at]:
                share = lines[to][at]
                lines[to] = [value - share * first for value, first in zip(lines[to], lines[at], strict=True)]
    return [line[-1] for line in lines]
