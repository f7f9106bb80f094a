"""Natural splines that minimise ∫ g''²/ζ, through samples or beside them.

With hats Bⱼ on the inner samples and divided differences Qᵀg = (slope right − slope left) = ∫ g''B, the minimiser
through values g has g'' = ζγ with γ piecewise linear, 0 outside the samples, and (Lagrange)

    R γ = Qᵀ g        Rⱼₖ = ∫ ζ Bⱼ Bₖ  (tridiagonal)        ∫ g''²/ζ = γᵀRγ

The smoother min Σ weight (g − y)² + λ∫g''²/ζ adds (Reinsch 1967)  (R + λQᵀW⁻¹Q) γ = Qᵀy,  g = y − λW⁻¹Qγ.
ζ constant is the cubic spline. g is a line outside the samples.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipeline.projection.zeta import Zeta


@dataclass(frozen=True)
class CurvatureSpline:
    """Splines with knots at distinct sorted x (K,)."""

    x: np.ndarray
    zeta: Zeta

    @cached_property
    def difference(self) -> np.ndarray:
        """(K, max(K − 2, 0)) Q: changes of slope at the inner samples of the interpolating polygon."""
        inner = max(len(self.x) - 2, 0)
        q, column, step = np.zeros((len(self.x), inner)), np.arange(inner), 1 / np.diff(self.x)
        if inner:
            q[column, column], q[column + 2, column] = step[:-1], step[1:]
            q[column + 1, column] = -step[:-1] - step[1:]
        return q

    @cached_property
    def gram(self) -> np.ndarray:
        """(3, K − 2) upper bands of R, the row of the second superdiagonal being 0."""
        low, high = self.x[:-1], self.x[1:]
        gap = (high - low)[:, None]

        def rising(t: np.ndarray) -> np.ndarray:
            return np.asarray((t - low[:, None]) / gap)

        both, up, down = (
            self.zeta.integrate(low, high, product)
            for product in (
                lambda t: rising(t) * (1 - rising(t)),
                lambda t: rising(t) ** 2,
                lambda t: (1 - rising(t)) ** 2,
            )
        )
        bands = np.zeros((3, max(len(self.x) - 2, 0)))
        bands[1, 1:], bands[2] = both[1:-1], up[:-1] + down[1:]
        return bands

    def curvature(self, values: np.ndarray) -> np.ndarray:
        """γ = g''/ζ at the samples, (K, L), of the interpolants of values (K, L)."""
        from scipy.linalg import solveh_banded  # slow to import, and few scenes show a prediction

        gamma = np.zeros_like(values)
        if len(self.x) > 2:
            gamma[1:-1] = solveh_banded(self.gram, self.difference.T @ values)
        return gamma

    def evaluate(self, values: np.ndarray, points: np.ndarray) -> np.ndarray:
        """(L, P) the interpolants of values (K, L) at points (P,)."""
        if len(self.x) == 1:
            return np.repeat(values.T, len(points), axis=1)
        cell = np.clip(np.searchsorted(self.x, points, side="right") - 1, 0, len(self.x) - 2)
        low, high = self.x[cell], self.x[cell + 1]
        share = ((points - low) / (high - low))[:, None]
        falling, rising = self._bend(points, low, high)
        gamma = self.curvature(values)
        line = (1 - share) * values[cell] + share * values[cell + 1]
        return np.asarray((line + falling[:, None] * gamma[cell] + rising[:, None] * gamma[cell + 1]).T)

    def _bend(self, points: np.ndarray, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(P,) what γ = 1 at the left (right) end of a point's cell adds to the chord there.

        ∫_low^x (x − t)ζγ dt less the chord of the same, share · ∫_low^high (high − t)ζγ dt.
        """
        share, reached = (points - low) / (high - low), np.clip(points, low, high)

        def moment(end: np.ndarray, seen_from: np.ndarray, hat: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
            a, width, p = low[:, None], (high - low)[:, None], seen_from[:, None]
            return self.zeta.integrate(low, end, lambda t: (p - t) * hat((t - a) / width))

        return tuple(
            moment(reached, points, hat) - share * moment(high, high, hat) for hat in (lambda s: 1 - s, lambda s: s)
        )

    def smooth(self, y: np.ndarray, weight: np.ndarray, strengths: np.ndarray) -> np.ndarray:
        """(K, L) values of the smoothers of y (K,) for every λ in strengths (L,), from 0 to +∞."""
        from scipy.linalg import solveh_banded

        if len(self.x) < 3:
            return np.repeat(y[:, None], len(strengths), axis=1)
        q = self.difference
        bands, pull = self._penalty(weight), q / weight[:, None]
        target, fitted = q.T @ y, np.empty((len(y), len(strengths)))
        for column, strength in enumerate(strengths):
            # Divided by λ where it is large: λ = ∞, the least-squares line, needs no case of its own.
            interpolating, smoothing = (1.0, strength) if strength <= 1 else (1 / strength, 1.0)
            gamma = solveh_banded(interpolating * self.gram + smoothing * bands, target)
            fitted[:, column] = y - smoothing * (pull @ gamma)
        return fitted

    def relax(self, y: np.ndarray, weight: np.ndarray, strengths: np.ndarray) -> np.ndarray:
        """(K, L) the same with the filter of gradient flow in place of the smoother's, for every λ.

        In the modes of W^(−½)ΩW^(−½), Ω the form ∫g''²/ζ with eigenvalues d, the smoother keeps 1/(1 + λd); the
        flow of infinitely many neurons, stopped when its rate times its time is 1/(λd), keeps 1 − e^(−1/(λd)).
        """
        from scipy.linalg import eigh

        root = np.sqrt(weight)
        form = self.difference @ self.curvature(np.eye(len(y)))[1:-1] / np.outer(root, root)
        stiffness, mode = eigh(0.5 * (form + form.T))
        stiffness[:2] = 0.0  # lines cost nothing: exactly, not to rounding
        product = np.zeros((len(y), len(strengths)))
        np.multiply(stiffness[:, None], strengths, out=product, where=stiffness[:, None] > 0)
        kept = -np.expm1(-np.divide(1.0, product, out=np.full_like(product, np.inf), where=product > 0))
        return np.asarray(mode @ (kept * (mode.T @ (root * y))[:, None]) / root[:, None])

    def _penalty(self, weight: np.ndarray) -> np.ndarray:
        """(3, K − 2) upper bands of QᵀW⁻¹Q."""
        full = self.difference.T @ (self.difference / weight[:, None])
        bands = np.zeros((3, len(full)))
        for offset in range(min(3, len(full))):
            bands[2 - offset, offset:] = np.diagonal(full, offset)
        return bands
