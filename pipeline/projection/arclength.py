"""How far the function itself has travelled: the arc length of t ↦ f(·, t) in function space."""

import numpy as np

from pipeline.projection.spline import SplineTrajectory


def cumulative_arclength(spline: SplineTrajectory, low: float, high: float, points: int = 512) -> np.ndarray:
    """Cumulative length (F,) of the path of f in L2(low, high), from 0 at the first frame.

    Each step's norm is exact for the linear interpolant of f on `points` equispaced x.
    """
    x = np.linspace(low, high, points)
    step = np.diff(spline.evaluate(x), axis=0)
    left, right = step[:, :-1], step[:, 1:]
    # ∫ of the square of a line from a to b over a cell of width h is h (a² + ab + b²) / 3.
    square = np.sum(left**2 + left * right + right**2, axis=1) * (x[1] - x[0]) / 3
    return np.concatenate([[0.0], np.cumsum(np.sqrt(square))])
