"""How much of what is seen of a run changes from moment to moment: its function and its breakpoints."""

import numpy as np

from pipeline.projection.spline import SplineTrajectory

POINTS = 96  # in x, at which f is compared
WIDENED = 0.1, 0.35  # of the ranges of x and y: how far a picture reaches beyond either end
LARGEST = 200  # neurons whose breakpoints are followed, at most
JITTER = 16  # moments before and after one, over which what only goes to and fro is told from what gets anywhere


def cumulative_change(spline: SplineTrajectory, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(F,) what has changed until each of F moments of a run on samples x, y (N,): from 0 on, nondecreasing.

    Moments are as far apart as their f is, by the root mean square in shares of the picture's height, and their knots
    are: places in shares of its width times |μ|, in shares of Σ|μ|, and those shares. What is out of the picture stands
    at its edge. Where a run jitters around a path, as under label noise, the path's way counts: each step is taken
    times the square of how straight the way around it is.
    """
    f, knots = _pictures(spline, x, y)
    way_gone = _walked(f, knots)
    near, steps = np.diff(way_gone), np.arange(len(spline.t) - 1)
    before, after = np.maximum(steps - JITTER, 0), np.minimum(steps + 1 + JITTER, len(near))
    way = way_gone[after] - way_gone[before]
    straight = np.divide(_apart(f, knots, before, after), way, out=np.ones(len(way)), where=way > 0)
    return np.concatenate([[0.0], np.cumsum(near * np.minimum(straight, 1.0) ** 2)])


def walked(spline: SplineTrajectory, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(F,) the whole way until each of F moments, from 0 on, of which `cumulative_change` is what leads anywhere."""
    return _walked(*_pictures(spline, x, y))


def _walked(f: np.ndarray, knots: np.ndarray) -> np.ndarray:
    steps = np.arange(len(f) - 1)
    return np.concatenate([[0.0], np.cumsum(_apart(f, knots, steps, steps + 1))])


def _pictures(spline: SplineTrajectory, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """f (F, P) in shares of the picture, and knots (F, 2K): how much they weigh, and where."""
    span = float(x[-1] - x[0]) or 1.0
    height = float(np.ptp(y)) or float(np.max(np.abs(y))) or 1.0
    low, bottom = float(x[0]) - WIDENED[0] * span, float(y.min()) - WIDENED[1] * height
    width, height = span * (1 + 2 * WIDENED[0]), height * (1 + 2 * WIDENED[1])
    f = np.clip((spline.evaluate(np.linspace(low, low + width, POINTS)) - bottom) / height, 0.0, 1.0)
    chosen = np.argsort(np.abs(spline.delta_slope).max(axis=0))[-LARGEST:]
    size = np.abs(spline.delta_slope[:, chosen])
    places = np.clip((spline.breakpoint[:, chosen] - low) / width, 0.0, 1.0)
    whole = size.sum(axis=1, keepdims=True)
    weight = np.divide(size, whole, out=np.zeros_like(size), where=whole > 0)
    return f, np.concatenate([0.5 * weight, weight * (places - 0.5)], axis=1)


def _apart(f: np.ndarray, knots: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(K,) how far moments (K,) are from others (K,)."""
    moved = np.sqrt(np.mean((f[other] - f[one]) ** 2, axis=1))
    return np.asarray(moved + np.sum(np.abs(knots[other] - knots[one]), axis=1))
