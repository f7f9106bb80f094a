"""What of a flow can be seen in a picture, and how far that is from what was seen elsewhere, in shares of a pixel."""

import math
from typing import NamedTuple

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.kernels import Problem, Sums, suffix_or_prefix, sum_lines
from pipeline.simulate.solver.leaks import share_lines
from pipeline.simulate.solver.losses import twice_the_loss

WIDENED = 0.1  # of the range of x: how far beyond either end a picture reaches
PIXEL = 0.25  # of a pixel: how far what is shown may be from what is true
WIDTH, HEIGHT = 3840, 2160  # pixels of the largest picture that it holds for
DECADES = 6  # of a loss on a logarithmic axis
GRID = 49  # points at which f is looked at, besides the samples
SAMPLES = 64  # most of them


class Sight(NamedTuple):
    """What is seen of a network in breakpoints and in f, and how finely.

    low, high: the inputs that a picture shows; middle, height: of its outputs; fine_x, fine_y, fine_fall: the largest
    error of a breakpoint, of f and of ln loss that is not seen; faint: ‖f − y‖² below which a loss is out of sight;
    probe: (G,) inputs at which f is looked at, in order; line: (2G+2, 2) scratch, 0 between uses; inactive: the slope
    of inactive neurons.
    """

    low: float
    high: float
    middle: float
    height: float
    fine_x: float
    fine_y: float
    fine_fall: float
    faint: float
    probe: np.ndarray
    line: np.ndarray
    inactive: float


def sight_of(x: np.ndarray, y: np.ndarray, inactive: float = 0.0) -> Sight:
    """What is seen of a run on samples x, y (N,): they fill its height, so that no picture shows f any larger.

    Where f is farther away than that, a picture that shows it is as much higher, and its pixels as much coarser.
    """
    span = (float(x[-1] - x[0]) or max(abs(float(x[0])), 1.0)) * (1 + 2 * WIDENED)
    middle = 0.5 * float(x[0] + x[-1])
    low, high = middle - 0.5 * span, middle + 0.5 * span
    height = float(np.ptp(y)) or float(np.max(np.abs(y))) or 1.0
    some = np.unique(x)
    some = some[np.unique(np.linspace(0, len(some) - 1, SAMPLES).round().astype(int))]
    probe = np.union1d(np.linspace(low, high, GRID), some)
    line = np.zeros((2 * len(probe) + 2, 2))
    fine = PIXEL / WIDTH * span, PIXEL / HEIGHT * height, PIXEL / HEIGHT * DECADES * math.log(10)
    faint = 10 ** -(DECADES + 1) * (float(np.sum(y * y)) or 1.0)
    return Sight(low, high, 0.5 * float(y.min() + y.max()), height, *fine, faint, probe, line, inactive)


@inner
def look(theta: np.ndarray, sight: Sight, breakpoint: np.ndarray, value: np.ndarray) -> None:
    """Fill `breakpoint` (m,), ±∞ where w = 0, and `value` (G,), f at the probes, of a state θ (3m+1,)."""
    m = len(breakpoint)
    for i in range(m):
        w, b, v = theta[i], theta[m + i], theta[2 * m + i]
        breakpoint[i] = -b / w if w != 0.0 else np.inf
        p = suffix_or_prefix(w, b, sight.probe)
        sight.line[p, 0] += v * w
        sight.line[p, 1] += v * b
    if sight.inactive != 0.0:
        share_lines(sight.line, len(sight.line), sight.inactive)
    sum_lines(sight.line, sight.probe, theta[3 * m], None, value)


@inner
def distance_seen(
    breakpoint: np.ndarray, value: np.ndarray, other: np.ndarray, other_value: np.ndarray, sight: Sight
) -> float:
    """How far two looks at a run are apart, in units of the largest error allowed.

    A breakpoint counts as far as it is in the picture in one of them.
    """
    top = 0.0
    for i in range(len(breakpoint)):
        one, two = breakpoint[i], other[i]
        if one != two and (sight.low < one < sight.high or sight.low < two < sight.high):
            apart = abs(min(max(one, sight.low), sight.high) - min(max(two, sight.low), sight.high))
            top = max(top, apart / sight.fine_x)
    for g in range(len(value)):
        coarser = max(1.0, abs(value[g] - sight.middle) / sight.height)
        top = max(top, abs(value[g] - other_value[g]) / (sight.fine_y * coarser))
    return top


@inner
def log_loss(problem: Problem, sums: Sums, sight: Sight) -> float:
    """The logarithm of twice the loss, ‖f − y‖² of squares, as far down as it is seen."""
    return math.log(twice_the_loss(sight.faint, problem.loss, problem, sums))
