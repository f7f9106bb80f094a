"""How rough a spline is, and where its knots are (Sahs et al., arXiv:2008.01772)."""

from dataclasses import dataclass

import numpy as np

from pipeline.projection.predictions import line_loss
from pipeline.projection.run_on_samples import RunOnSamples
from pipeline.projection.spline import SplineTrajectory
from pipeline.simulate.loss import values
from pipeline.simulate.trajectory import Trajectory

LOOKED = 401  # windows among which the steepest place is looked for


@dataclass(frozen=True)
class MergedKnots:
    """Merged knots of every frame, sorted, (F, m) each: position x (+∞ past the last), slope jump, neurons there."""

    x: np.ndarray
    jump: np.ndarray
    count: np.ndarray


def roughness(spline: SplineTrajectory) -> np.ndarray:
    """(F,) Σμ²; He initialisations have mean 4 and variance 128/m (Sahs et al., on initialisation). Unit (y/x)²."""
    return np.asarray(np.sum(spline.delta_slope**2, axis=1))


def path_norm(spline: SplineTrajectory) -> np.ndarray:
    """(F,) Σ|μ|: what the slope would vary by if no two breakpoints coincided. Unit y/x."""
    return np.asarray(np.sum(np.abs(spline.delta_slope), axis=1))


def total_variation(knots: MergedKnots) -> np.ndarray:
    """(F,) total variation of f', Σ|jump| over merged knots: at most the path norm. Unit y/x."""
    return np.asarray(np.sum(np.abs(knots.jump), axis=1))


def merge_knots(spline: SplineTrajectory, tolerance: float = 0.0) -> MergedKnots:
    """The knots of every frame; breakpoints at most `tolerance` apart from the next become one at their mean."""
    beta, jump, finite = sorted_knots(spline)
    frames, m = beta.shape
    apart = np.ones(beta.shape, dtype=bool)
    with np.errstate(over="ignore"):  # breakpoints may be farther apart than the largest float
        gap = np.subtract(beta[:, 1:], beta[:, :-1], out=np.full((frames, m - 1), np.inf), where=finite[:, 1:])
    apart[:, 1:] = gap > tolerance
    group = (np.cumsum(apart, axis=1) - 1 + m * np.arange(frames)[:, None])[finite]
    first = np.full(frames * m, np.inf)
    first[group[apart[finite]]] = beta[apart & finite]
    count = np.bincount(group, minlength=frames * m)
    # An offset mean: the sum of equal breakpoints divided by their number may differ from them in the last digit.
    offset = np.bincount(group, weights=beta[finite] - first[group], minlength=frames * m)
    x = first + offset / np.maximum(count, 1)
    total = np.bincount(group, weights=jump[finite], minlength=frames * m)
    return MergedKnots(x.reshape(beta.shape), total.reshape(beta.shape), count.reshape(beta.shape))


def sorted_knots(spline: SplineTrajectory) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Breakpoints in order, their slope jumps, and whether they are finite: (F, m) each; ±∞ come last as +∞."""
    finite = np.isfinite(spline.breakpoint)
    beta = np.where(finite, spline.breakpoint, np.inf)
    order = np.argsort(beta, axis=1, kind="stable")
    beta = np.take_along_axis(beta, order, axis=1)
    jump = np.take_along_axis(np.where(finite, spline.slope_jump, 0.0), order, axis=1)
    return beta, jump, np.isfinite(beta)


def piece_slopes(spline: SplineTrajectory) -> np.ndarray:
    """(F, m + 1) slope of f left of, between and right of the breakpoints in order (sorted_knots). Unit y/x."""
    _, jump, _ = sorted_knots(spline)
    return np.cumsum(np.concatenate([spline.left_slope[:, None], jump], axis=1), axis=1)


def effective_knots(knots: MergedKnots, low: float, high: float) -> np.ndarray:
    """(F,) participation ratio (Σ|jump|)² / Σ jump² of the merged knots on [low, high]: k for k equal jumps.

    0 where f has no kink there.
    """
    size = np.where((knots.x >= low) & (knots.x <= high), np.abs(knots.jump), 0.0)
    largest = np.max(size, axis=1, keepdims=True)
    share = np.divide(size, largest, out=np.zeros_like(size), where=largest > 0)
    square = np.sum(share**2, axis=1)
    return np.asarray(np.divide(np.sum(share, axis=1) ** 2, square, out=np.zeros_like(square), where=square > 0))


def share_inside(spline: SplineTrajectory, low: float, high: float) -> np.ndarray:
    """(F,) share of all neurons whose breakpoint lies on [low, high]."""
    return np.asarray(np.mean((spline.breakpoint >= low) & (spline.breakpoint <= high), axis=1))


def breakpoint_shift(spline: SplineTrajectory, low: float, high: float) -> np.ndarray:
    """(F,) median |β − β₀| of the neurons whose breakpoint starts on [low, high]; 0 where there is none. Unit x."""
    start = spline.breakpoint[0]
    among = (start >= low) & (start <= high)
    if not among.any():
        return np.zeros(len(spline.t))
    return np.asarray(np.median(np.abs(spline.breakpoint[:, among] - start[among]), axis=1))


def share_at(spline: SplineTrajectory, samples: np.ndarray, near: float) -> np.ndarray:
    """(F,) share of Σ|μ| whose breakpoints lie at most `near` from one of the samples (K,), sorted; 0 where it is 0."""
    beta, size = spline.breakpoint, np.abs(spline.delta_slope)
    after = np.searchsorted(samples, beta)
    before, behind = (samples[np.clip(k, 0, len(samples) - 1)] for k in (after - 1, after))
    return share_of(size, np.minimum(np.abs(beta - before), np.abs(beta - behind)) <= near)


def share_of(size: np.ndarray, there: np.ndarray) -> np.ndarray:
    """(F,) share of the sum of sizes (F, m) that is there (F, m); 0 where the sum is 0."""
    total = np.sum(size, axis=1)
    found = np.sum(size, axis=1, where=there)
    return np.asarray(np.divide(found, total, out=np.zeros_like(total), where=total > 0))


def breakpoint_reach(run: RunOnSamples) -> np.ndarray:
    """(F,) largest |β| over the least |x| of a sample; +∞ where that is 0, or a breakpoint is at ±∞."""
    farthest, nearest = np.max(np.abs(run.breakpoint), axis=1), np.min(np.abs(run.samples.x))
    return np.asarray(np.divide(farthest, nearest, out=np.full_like(farthest, np.inf), where=nearest > 0))


def knot_spread(trajectory: Trajectory, middle: float) -> np.ndarray:
    """(F,) mean distance of breakpoints from `middle`, each weighted by its |μ|; 0 where nothing bends. Unit x.

    |μ(β − middle)| = |v(b + w middle)|, which is finite for a breakpoint at ±∞.
    """
    t = trajectory
    total = np.sum(np.abs(t.v * t.w), axis=1)
    distance = np.sum(np.abs(t.v * (t.b + t.w * middle)), axis=1)
    return np.asarray(np.divide(distance, total, out=np.zeros_like(total), where=total > 0))


def largest_kink(knots: MergedKnots) -> np.ndarray:
    """(F,) largest |jump| of the merged knots. Unit y/x."""
    return np.asarray(np.max(np.abs(knots.jump), axis=1))


def overshoot(spline: SplineTrajectory, x: np.ndarray, highest: float) -> np.ndarray:
    """(F,) how far f rises above the highest sample, on x (P,); 0 where it does not. Unit y."""
    return np.asarray(np.maximum(np.max(spline.evaluate(x), axis=1) - highest, 0.0))


def detour(spline: SplineTrajectory, samples: np.ndarray) -> np.ndarray:
    """(F,) largest |f − the polygon through its own values at the samples (K,)|, which is at a breakpoint. Unit y.

    No sample sees it: the loss stays as it is if f takes another way between them.
    """
    within = np.clip(spline.breakpoint, samples[0], samples[-1])
    ways = [
        spline.evaluate_frame(k, x) - np.interp(x, samples, spline.evaluate_frame(k, samples))
        for k, x in enumerate(within)
    ]
    return np.asarray(np.max(np.abs(ways), axis=1))


def steepest_place(spline: SplineTrajectory, low: float, high: float, window: float) -> np.ndarray:
    """(F,) the middle of that window between low and high over which f changes most. Unit x."""
    middle = np.linspace(low + 0.5 * window, high - 0.5 * window, LOOKED)
    change = spline.evaluate(middle + 0.5 * window) - spline.evaluate(middle - 0.5 * window)
    return np.asarray(middle[np.argmax(np.abs(change), axis=1)])


def bend_time(run: RunOnSamples) -> float:
    """When the loss comes to half of what the least-squares line leaves, +∞ where it never does. Unit t."""
    return half_time(run.trajectory.t, share_of_whole(run.trajectory.loss, line_loss(run.samples)))


def half_time(t: np.ndarray, left: np.ndarray) -> float:
    """The first of the times t (F,) at which at most half is left (F,), +∞ where there is none. Unit t.

    Between two times what is left changes by equal factors.
    """
    below = np.flatnonzero(left <= 0.5)
    if not below.size:
        return np.inf
    k = below[0]
    if k == 0 or left[k] == 0:
        return float(t[k])
    share = np.log(left[k - 1] / 0.5) / np.log(left[k - 1] / left[k])
    return float(t[k - 1] + share * (t[k] - t[k - 1]))


def dead_count(run: RunOnSamples) -> np.ndarray:
    """(F,) neurons that no sample moves: active at none, where inactive neurons have no slope."""
    still = ~run.runs.alive & (run.trajectory.inactive == 0)
    return np.asarray(np.count_nonzero(still, axis=1))


def loss_elsewhere(spline: SplineTrajectory, x: np.ndarray, y: np.ndarray, learnt: int, loss: str) -> np.ndarray:
    """(F,) the loss over other samples (T,), times learnt/T: as much as the loss where f does as well there."""
    return np.asarray(np.sum(values(loss, spline.evaluate(x), y), axis=1) * (learnt / len(x)))


def share_of_whole(values: np.ndarray, whole: float) -> np.ndarray:
    """(F,) values as a share of the whole; ∞ where that is 0."""
    return np.asarray(values / whole if whole > 0 else np.full_like(values, np.inf))
