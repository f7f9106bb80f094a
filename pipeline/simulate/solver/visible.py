"""What of a flow can be seen in a picture, and how far that is from what was seen elsewhere, in shares of a pixel."""

import math
from typing import NamedTuple

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.kernels import Problem, Sums, sum_lines
from pipeline.simulate.solver.leaks import share_lines
from pipeline.simulate.solver.losses import twice_the_loss

WIDENED = 0.1  # of the range of x: how far beyond either end a picture reaches
PIXEL = 0.25  # of a pixel: how far what is shown may be from what is true
WIDTH, HEIGHT = 3840, 2160  # pixels of the largest picture that it holds for
DECADES = 6  # of a loss on a logarithmic axis
GRID = 49  # points at which f is looked at, besides the samples
SAMPLES = 64  # most of them
CELLS = 4  # to a probe, in which breakpoints are looked up


class Sight(NamedTuple):
    """What is seen of a network in breakpoints and in f, and how finely.

    low, high: the inputs that a picture shows; middle, height: of its outputs; fine_x, fine_y, fine_fall: the largest
    error of a breakpoint, of f and of ln loss that is not seen; faint: ‖f − y‖² below which a loss is out of sight;
    probe: (G,) inputs at which f is looked at, in order; below: (4G+1,) how many of them are below each of as many
    inputs, evenly from the first to the last; line: (2G+2, 2) scratch, 0 between uses; inactive: the slope of inactive
    neurons.
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
    below: np.ndarray
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
    fine = PIXEL / WIDTH * span, PIXEL / HEIGHT * height, PIXEL / HEIGHT * DECADES * math.log(10)
    faint = 10 ** -(DECADES + 1) * (float(np.sum(y * y)) or 1.0)
    return Sight(low, high, 0.5 * float(y.min() + y.max()), height, *fine, faint, *_looked_up(probe), inactive)


def with_probes(sight: Sight, probe: np.ndarray) -> Sight:
    """The same with f looked at elsewhere, at (G,) inputs in order."""
    probe, below, line = _looked_up(probe)
    return sight._replace(probe=probe, below=below, line=line)


def _looked_up(probe: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A sight's probe, below and line."""
    below = np.searchsorted(probe, np.linspace(probe[0], probe[-1], CELLS * len(probe) + 1))
    return probe, below, np.zeros((2 * len(probe) + 2, 2))


@inner
def look_at(theta: np.ndarray, sight: Sight, breakpoint: np.ndarray, value: np.ndarray) -> None:
    """`look` at a state θ (3m+1,)."""
    m = len(breakpoint)
    look(theta[:m], theta[m : 2 * m], theta[2 * m : 3 * m], theta[3 * m], sight, breakpoint, value)


@inner
def look(
    w: np.ndarray, b: np.ndarray, v: np.ndarray, c: float, sight: Sight, breakpoint: np.ndarray, value: np.ndarray
) -> None:
    """Fill `breakpoint` (m,), ±∞ where w = 0, and `value` (G,), f at the probes, of a network w, b, v (m,) and c."""
    for i in range(len(w)):
        breakpoint[i] = -b[i] / w[i] if w[i] != 0.0 else np.inf
        p = active_probes(w[i], b[i], breakpoint[i], sight)
        sight.line[p, 0] += v[i] * w[i]
        sight.line[p, 1] += v[i] * b[i]
    if sight.inactive != 0.0:
        share_lines(sight.line, len(sight.line), sight.inactive)
    sum_lines(sight.line, sight.probe, c, None, value)


@inner
def active_probes(w: float, b: float, breakpoint: float, sight: Sight) -> int:
    """The run of probes at which w x + b > 0, as kernels.suffix_or_prefix names it, without a search."""
    size = len(sight.probe)
    if w == 0.0:
        return 0 if b > 0.0 else size
    passed = probes_below(breakpoint, sight)
    if w > 0.0:
        return passed
    return size + 1 + passed if 0 < passed < size else size - passed


@inner
def probes_below(breakpoint: float, sight: Sight) -> int:
    """How many probes are not above a breakpoint."""
    probe, size = sight.probe, len(sight.probe)
    if breakpoint < probe[0]:
        return 0
    if breakpoint >= probe[size - 1]:
        return size
    cells = len(sight.below) - 1
    passed = sight.below[min(int((breakpoint - probe[0]) / (probe[size - 1] - probe[0]) * cells), cells - 1)]
    while probe[passed] <= breakpoint:
        passed += 1
    return int(passed)


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
