"""Losses of one output f for a label y, with their first and second derivatives by f.

Squared: ½(f − y)². Logistic: ln(1 + exp(−y f)), of labels y = ±1; of rows at one x, of which the mean label is y, their
mean, which is as linear in y. Huber: ½r² of residuals r = f − y up to 1, |r| − ½ beyond (Huber 1964).

Where the kind of loss is None it is squared, and loops are compiled without the others.
"""

import math
from typing import Any

import numpy as np

from pipeline.compiled import inner, woven

SQUARED, LOGISTIC, HUBER = range(3)


@inner
def logistic(f: float, y: float) -> tuple[float, float, float]:
    """The loss, its slope and its curvature; to the last digit also where one of them is small."""
    small = math.exp(-abs(f))
    more, less = 1.0 / (1.0 + small), small / (1.0 + small)
    above, below = (more, less) if f >= 0.0 else (less, more)
    positive, negative = 0.5 * (1.0 + y), 0.5 * (1.0 - y)
    loss = positive * max(-f, 0.0) + negative * max(f, 0.0) + math.log1p(small)
    return loss, negative * above - positive * below, above * below


@inner
def huber(residual: float) -> tuple[float, float, float]:
    """The loss, its slope and its curvature."""
    size = abs(residual)
    if size <= 1.0:
        return 0.5 * residual * residual, residual, 1.0
    return size - 0.5, math.copysign(1.0, residual), 0.0


@woven
def twice_loss_of(kind: int | None, f: float, y: float) -> float:
    """Twice the loss of a row, (f − y)² of squares."""
    if kind is None:
        return (f - y) * (f - y)
    if kind == LOGISTIC:
        return 2.0 * logistic(f, y)[0]
    return 2.0 * huber(f - y)[0] if kind == HUBER else (f - y) * (f - y)


@woven
def is_squared(kind: int | None) -> bool:
    """Whether the loss is quadratic."""
    return True if kind is None else kind == SQUARED


@woven
def reaches_0(kind: int | None) -> bool:
    """Whether there are outputs at which the loss is 0."""
    return True if kind is None else kind != LOGISTIC


@woven
def fill_curvature(kind: int | None, weight: np.ndarray, curve: np.ndarray, values: np.ndarray) -> None:
    """Fill `values` with ∂²L/∂f² at the samples, of squares their `weight` (K,), of others the `curve` of the sums."""
    if kind is None or kind == SQUARED:
        for n in range(len(weight)):
            values[n] = weight[n]
    else:
        for n in range(len(weight)):
            values[n] = curve[n]


@woven
def twice_the_loss(more: float, kind: int | None, problem: Any, sums: Any) -> float:
    """2L + more, of squares Σ weight·(f − target)² + more, from what `fill_forces` has left."""
    if kind is None or kind == SQUARED:
        total = more
        for n in range(len(problem.x)):
            total += sums.force[n] * sums.force[n] / problem.weight[n]
        return total
    return more + 2.0 * float(sums.total[0])


@woven
def fill_forces(kind: int | None, problem: Any, sums: Any) -> None:
    """Fill the force ∂L/∂f of every sample, and what else others than squares leave, from f at the samples in it."""
    if kind is None or kind == SQUARED:
        force, weight, target = sums.force, problem.weight, problem.target
        for n in range(len(weight)):
            force[n] = weight[n] * (force[n] - target[n])
    else:
        other_forces(kind, problem, sums)


@inner
def other_forces(kind: int, problem: Any, sums: Any) -> None:
    """Fill the force, the curve and the total of a loss that is no square, from f at the samples in `force`."""
    begin, sums.total[0] = problem.begin, 0.0
    for n in range(len(sums.force)):
        f, first, last = sums.force[n], begin[n], begin[n + 1]
        sums.force[n] = sums.curve[n] = 0.0
        if kind == LOGISTIC:
            loss, force, curve = logistic(f, problem.target[n])
            add_force(n, problem.weight[n], loss, force, curve, sums)
            continue
        for row in range(first, last):
            loss, force, curve = huber(f - problem.label[row])
            add_force(n, problem.weight[n] / (last - first), loss, force, curve, sums)


@inner
def add_force(n: int, weight: float, loss: float, force: float, curve: float, sums: Any) -> None:
    """Add what rows of such a weight at sample n do."""
    sums.total[0] += weight * loss
    sums.force[n] += weight * force
    sums.curve[n] += weight * curve
