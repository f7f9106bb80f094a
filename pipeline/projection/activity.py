"""Which samples every neuron sees, and sums of residuals over them.

A neuron's active set A = {n : z(xₙ) > 0} is a run of the sorted samples that reaches one end of them: a suffix
(s = +1), a prefix (s = −1), all or none. A sample exactly on a breakpoint is not in A, and so is the sample that
holds a neuron. Rows with the same x are merged: one sample with their mean y and their number as weight, which
leaves every gradient, Hessian and kernel of ½Σ(f(xₙ) − yₙ)² over all rows as it is.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pipeline.model.data import Data
from pipeline.projection.spline import SplineTrajectory
from pipeline.simulate.trajectory import Trajectory


class Samples(NamedTuple):
    """Distinct samples: x, mean y and weight (rows at each), (K,); floor: ½Σ(yₙ − ȳ)² that no function can undo."""

    x: np.ndarray
    y: np.ndarray
    weight: np.ndarray
    floor: float

    @property
    def span(self) -> float:
        """Range of x, or 1 where there is one x only."""
        return float(self.x[-1] - self.x[0]) or 1.0


class Runs(NamedTuple):
    """Active sets as half-open runs [start, stop) of samples, (..., m) each; start = stop where a neuron is dead."""

    start: np.ndarray
    stop: np.ndarray

    @property
    def alive(self) -> np.ndarray:
        """(..., m) whether a neuron sees any sample."""
        return self.start < self.stop


def merge_samples(x: np.ndarray, y: np.ndarray) -> Samples:
    """The distinct samples of rows x, y (N,)."""
    data = Data(x, y)
    distinct, mean, weight = data.merged()
    return Samples(distinct, mean, weight, 0.5 * float(np.sum((data.y - np.repeat(mean, weight.astype(int))) ** 2)))


def snapped_breakpoints(trajectory: Trajectory, spline: SplineTrajectory) -> np.ndarray:
    """Breakpoints (F, m), of held neurons exactly at the sample that holds them."""
    return np.where(trajectory.held >= 0, trajectory.x[trajectory.held], spline.breakpoint)


def active_runs(breakpoint: np.ndarray, orientation: np.ndarray, affine_active: ArrayLike, x: np.ndarray) -> Runs:
    """Active sets (..., m) at sorted points x (K,).

    affine_active: (..., m) whether a neuron without finite breakpoint is active (b > 0), everywhere then.
    """
    finite = np.isfinite(breakpoint)
    start = np.where(finite & (orientation > 0), np.searchsorted(x, breakpoint, side="right"), 0)
    stop = np.where(finite & (orientation < 0), np.searchsorted(x, breakpoint, side="left"), len(x))
    return Runs(start, np.where(finite | affine_active, stop, 0))


def run_sums(values: np.ndarray, runs: Runs) -> np.ndarray:
    """Sums (..., m) of values (..., K) over every neuron's run, in O(m + K).

    Suffixes and prefixes are summed apart, so that nothing is subtracted and small sums keep their digits.
    """
    zero = np.zeros_like(values[..., :1])
    prefix = np.concatenate([zero, np.cumsum(values, axis=-1)], axis=-1)
    suffix = np.concatenate([np.cumsum(values[..., ::-1], axis=-1)[..., ::-1], zero], axis=-1)
    left = np.take_along_axis(prefix, runs.stop, axis=-1)
    return np.where(runs.start == 0, left, np.take_along_axis(suffix, runs.start, axis=-1))
