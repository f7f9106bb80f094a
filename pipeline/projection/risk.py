"""How far a network is from the function that its samples were taken from, over all x among them."""

import numpy as np

from pipeline.projection.settings import RunWithSettings


def mean_powers(x: np.ndarray, gap: np.ndarray) -> tuple[float, float]:
    """(mean |gap|, mean gap²) over x (P,), ascending, of what is straight between: exact."""
    if len(x) == 1:
        return float(abs(gap[0])), float(gap[0] ** 2)
    width, a, b = np.diff(x), gap[:-1], gap[1:]
    size = np.abs(a) + np.abs(b)
    # Where it changes sign, there are two triangles.
    crossed = np.divide(a * a + b * b, size, out=np.zeros_like(size), where=size > 0)
    absolute = np.where(a * b < 0, crossed, size) / 2
    return float(width @ absolute / width.sum()), float(width @ (a * a + a * b + b * b) / (3 * width.sum()))


def target_errors(run: RunWithSettings) -> np.ndarray:
    """(2, F) mean |f − target| and mean (f − target)² from the first to the last sample.

    Exact for a target that is straight between points of the grid: the knots of f are among the points in x.
    """
    low, high = run.ends
    among, found = run.among, []
    for frame, knots in enumerate(run.breakpoint):
        x = np.union1d(among, knots[(knots > low) & (knots < high)])
        found.append(mean_powers(x, run.spline.evaluate_frame(frame, x) - run.target(x)))
    return np.array(found).T
