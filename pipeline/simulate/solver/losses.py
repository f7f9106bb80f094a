"""Losses of one output f for a label y, with their first and second derivatives by f.

Squared: ½(f − y)². Logistic: ln(1 + exp(−y f)), of labels y = ±1; of rows at one x, of which the mean label is y, their
mean, which is as linear in y. Huber: ½r² of residuals r = f − y up to 1, |r| − ½ beyond (Huber 1964).
"""

import math

from pipeline.compiled import inner

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


@inner
def loss_of(kind: int, f: float, y: float) -> float:
    """The loss of a kind."""
    if kind == LOGISTIC:
        return logistic(f, y)[0]
    return huber(f - y)[0] if kind == HUBER else 0.5 * (f - y) * (f - y)
