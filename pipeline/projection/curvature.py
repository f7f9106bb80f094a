"""Curvature of a piecewise linear function at a given resolution.

f'' is a sum of Dirac masses, whose square has no integral. Averaged over a window of width h it is the divided
difference (f'(x + h/2) − f'(x − h/2)) / h: piecewise constant, so its integrals are exact sums.
"""

import numpy as np

from pipeline.projection.spline import SplineTrajectory
from pipeline.projection.statistics import sorted_knots


def smoothed_curvature(spline: SplineTrajectory, x: np.ndarray, window: float) -> np.ndarray:
    """(F, P) mean of f'' over [x − h/2, x + h/2] at x (P,), h = window > 0. Unit y/x²."""
    beta, jump, _ = sorted_knots(spline)
    passed = np.concatenate([np.zeros((len(beta), 1)), np.cumsum(jump, axis=1)], axis=1)
    curvature = np.empty((len(beta), len(x)))
    for frame, knots in enumerate(beta):
        right, left = (np.searchsorted(knots, x + side * window / 2) for side in (1, -1))
        curvature[frame] = (passed[frame, right] - passed[frame, left]) / window
    return curvature


def bending_energy(spline: SplineTrajectory, low: float, high: float, window: float) -> np.ndarray:
    """(F,) ∫ over [low, high] of the smoothed curvature's square, exact, in O(m log m) a frame. Unit y²/x³.

    Every breakpoint β adds jump/h from β − h/2 on and takes it away from β + h/2 on; what lies outside is moved to
    the nearer end, where it counts (left) or has no width (right).
    """
    beta, jump, _ = sorted_knots(spline)
    edge = np.clip(np.concatenate([beta - window / 2, beta + window / 2], axis=1), low, high)
    step = np.concatenate([jump, -jump], axis=1) / window
    order = np.argsort(edge, axis=1, kind="stable")
    edge = np.append(np.take_along_axis(edge, order, axis=1), np.full((len(beta), 1), high), axis=1)
    curvature = np.cumsum(np.take_along_axis(step, order, axis=1), axis=1)
    return np.asarray(np.sum(curvature**2 * np.diff(edge, axis=1), axis=1))
