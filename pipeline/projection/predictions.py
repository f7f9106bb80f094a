"""What theory says a network becomes, drawn beside it: splines and lines through or near the samples.

Every function takes the distinct samples with their weights and points x (P,), and extends as a line beyond them.
"""

from collections.abc import Callable

import numpy as np

from pipeline.projection.activity import Samples
from pipeline.projection.curvature_spline import CurvatureSpline
from pipeline.projection.zeta import Zeta

Start = Callable[[np.ndarray], np.ndarray]  # f₀ as a function of points


def least_squares_line(samples: Samples, x: np.ndarray) -> np.ndarray:
    """(P,) the line of least squared error over all rows; a constant where there is one x only."""
    middle, mean = (np.average(values, weights=samples.weight) for values in (samples.x, samples.y))
    dx = samples.x - middle
    spread = np.sum(samples.weight * dx * dx)
    slope = np.sum(samples.weight * dx * (samples.y - mean)) / spread if len(dx) > 1 else 0.0
    return np.asarray(mean + slope * (x - middle))


def line_loss(samples: Samples) -> float:
    """½Σ(line − y)² of that line over all rows."""
    return samples.floor + 0.5 * float(samples.weight @ (least_squares_line(samples, samples.x) - samples.y) ** 2)


def linear_spline(samples: Samples, x: np.ndarray) -> np.ndarray:
    """(P,) the polygon through the samples, its end pieces extended."""
    return polygon(samples.x, samples.y, x)


def polygon(corner_x: np.ndarray, corner_y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """(P,) the polygon through corners (K,), ascending in x, its end pieces extended; a constant through one."""
    if len(corner_x) == 1:
        return np.full(len(x), corner_y[0])
    cell = np.clip(np.searchsorted(corner_x, x, side="right") - 1, 0, len(corner_x) - 2)
    share = (x - corner_x[cell]) / (corner_x[cell + 1] - corner_x[cell])
    return np.asarray((1 - share) * corner_y[cell] + share * corner_y[cell + 1])


def natural_cubic_spline(samples: Samples, x: np.ndarray) -> np.ndarray:
    """(P,) the interpolant of least ∫ g''²."""
    if len(samples.x) < 3:
        return linear_spline(samples, x)
    from scipy.interpolate import CubicSpline  # slow to import, and few scenes show one

    spline = CubicSpline(samples.x, samples.y, bc_type="natural")
    nearest = np.clip(x, samples.x[0], samples.x[-1])
    return np.asarray(spline(nearest) + spline(nearest, 1) * (x - nearest))


def smoothing_spline(samples: Samples, x: np.ndarray, strengths: np.ndarray, zeta: Zeta | None = None) -> np.ndarray:
    """(L, P) minimisers of Σ weight (g − y)² + λ∫ g''² ζ(0)/ζ for every λ in strengths (L,), 0 ≤ λ ≤ ∞.

    ζ constant unless given: the cubic smoothing spline. λ = 0 interpolates, λ = ∞ is the least-squares line.
    """
    spline = CurvatureSpline(samples.x, zeta or Zeta())
    return spline.evaluate(spline.smooth(samples.y, samples.weight, np.asarray(strengths, dtype=float)), x)


def kernel_limit(samples: Samples, x: np.ndarray, zeta: Zeta, start: Start | None = None) -> np.ndarray:
    """(P,) the interpolant of least ∫ (g'' − f₀'')²/ζ: f₀ plus the ζ-spline through the residuals at t = 0.

    start: f₀ as a function of points; zero unless given (Jin & Montúfar, JMLR 24, 2023).
    """
    rest = samples.y - (start(samples.x) if start else 0.0)
    return np.asarray(CurvatureSpline(samples.x, zeta).evaluate(rest[:, None], x)[0] + (start(x) if start else 0.0))


def kernel_path(
    samples: Samples, x: np.ndarray, strengths: np.ndarray, zeta: Zeta, start: Start | None = None
) -> np.ndarray:
    """(L, P) f₀ plus what gradient flow of infinitely many neurons has made of the residuals at every λ = 1/(mζ(0)t).

    Between the least-squares line of the residuals (λ = ∞: lines are taken to be learnt at once) and kernel_limit.
    """
    rest = samples.y - (start(samples.x) if start else 0.0)
    spline = CurvatureSpline(samples.x, zeta)
    path = spline.relax(rest, samples.weight, np.asarray(strengths, dtype=float))
    return spline.evaluate(path, x) + (start(x) if start else 0.0)


def smoothing_strengths(t: np.ndarray, width: int, zeta: Zeta) -> np.ndarray:
    """(F,) λ = 1/(mζ(0)t) of the smoother that training the output layer for a time t acts as, +∞ at t = 0.

    Stopping at t is the ridge ½Σε² + ‖Δv‖²/(2t) up to the shape of the filter: 1 − e^(−st) against st/(1 + st), at
    most 0.2 of a mode's size apart, and the same as t → 0 and ∞. Curvature h costs the least ‖Δv‖² if
    shared out as Δv ∝ |w|: with mp(β) neurons at β, Δv = c|w|, h = mζc, ‖Δv‖² = ∫ m p E[w²] c² = ∫ h²/(mζ).
    """
    rate = width * zeta.height * np.asarray(t, dtype=float)
    return np.divide(1.0, rate, out=np.full_like(rate, np.inf), where=rate > 0)
