"""The loss seen by one neuron as it moves, all others fixed: exact, from sums over sorted samples.

With ρ the residuals without the neuron, and sums over the samples that it sees at β,

    L(β, μ) = ½Σkρ² + μ Σkρ(x − β) + ½μ² Σk(x − β)²

which is continuous and piecewise quadratic in β with knots at the samples (Sahs et al., arXiv:2008.01772, on the loss).
Sums of k, kx, kx², kρ, kρx over all suffixes (or prefixes) give it at G points in O(K + G log K).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipeline.projection.activity import Samples
from pipeline.projection.run_on_samples import RunOnSamples

INSIDE = 7  # points of a piece at which its third differences are taken


@dataclass(frozen=True)
class LossSurface:
    """L over one neuron's (β, μ).

    rest: (K,) residuals at the distinct samples without the neuron; orientation: its s, ±1, fixed.
    """

    samples: Samples
    rest: np.ndarray
    orientation: int

    @cached_property
    def _sums(self) -> np.ndarray:
        """(5, K + 1) sums of k·(1, ξ, ξ², ρ, ρξ) over the samples seen, by the place of β; ξ = x less its middle."""
        xi, force = self.samples.x - self._middle, self.samples.weight * self.rest
        terms = np.stack([self.samples.weight * xi**power for power in range(3)] + [force, force * xi])
        zero = np.zeros((5, 1))
        if self.orientation < 0:
            return np.hstack([zero, np.cumsum(terms, axis=1)])
        return np.hstack([np.cumsum(terms[:, ::-1], axis=1)[:, ::-1], zero])

    @property
    def _middle(self) -> float:
        return float(0.5 * (self.samples.x[0] + self.samples.x[-1]))

    @cached_property
    def without(self) -> float:
        """L without the neuron."""
        return 0.5 * float(np.sum(self.samples.weight * self.rest**2)) + self.samples.floor

    def coefficients(self, beta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(p, q) with L(β, μ) = L(without) + pμ + ½qμ², for finite β of any shape."""
        place = self._place(beta)
        m0, m1, m2, s0, s1 = self._sums[:, place]
        offset = np.asarray(beta) - self._middle
        # q ≥ 0: it is a sum of squares, which may round below zero where β is next to the last sample seen.
        return s1 - offset * s0, np.maximum(m2 - 2 * offset * m1 + offset**2 * m0, 0.0)

    def _place(self, beta: np.ndarray) -> np.ndarray:
        return np.searchsorted(self.samples.x, beta, side="right" if self.orientation > 0 else "left")

    def loss(self, beta: np.ndarray, mu: np.ndarray) -> np.ndarray:
        """L at (β, μ), broadcast together; β finite. Unit y²."""
        linear, quadratic = self.coefficients(beta)
        return np.asarray(self.without + mu * linear + 0.5 * np.square(mu) * quadratic)

    def plane(self, beta: np.ndarray, mu: np.ndarray) -> np.ndarray:
        """(M, B) L at every point of the grid beta (B,) × mu (M,)."""
        return self.loss(beta, np.asarray(mu)[:, None])


def loss_surface(run: RunOnSamples, frame: int, neuron: int) -> LossSurface:
    """The surface that one neuron moves on at one frame; a neuron with w = 0 is taken to face right."""
    t, x = run.trajectory, run.samples.x
    own = t.v[frame, neuron] * np.maximum(t.w[frame, neuron] * x + t.b[frame, neuron], 0.0)
    orientation = int(run.spline.orientation[frame, neuron]) or 1
    return LossSurface(run.samples, run.residual[frame] - own, orientation)


def losses_along(run: RunOnSamples, neuron: int, beta: np.ndarray) -> np.ndarray:
    """(F, B) L at breakpoints beta (B,) of one neuron at its delta-slope of the frame. Unit y²."""
    mu = run.spline.delta_slope[:, neuron]
    return np.stack([loss_surface(run, frame, neuron).loss(beta, mu[frame]) for frame in range(len(mu))])


def cubic_part(run: RunOnSamples, neuron: int) -> np.ndarray:
    """(F,) largest third difference of L along β, at evenly spaced points between neighbouring samples, of L's largest.

    It is 0 up to rounding: L is quadratic there.
    """
    x = run.samples.x
    between = x[:-1, None] + np.diff(x)[:, None] * np.linspace(0, 1, 2 + INSIDE)[1:-1]
    pieces = losses_along(run, neuron, between.ravel()).reshape(len(run.trajectory.t), *between.shape)
    bent = np.abs(np.diff(pieces, 3)).max(axis=(1, 2), initial=0.0)
    largest = pieces.max(axis=(1, 2), initial=0.0)
    return np.asarray(np.divide(bent, largest, out=np.zeros_like(bent), where=largest > 0))


def loss_planes(run: RunOnSamples, neuron: int, beta: np.ndarray, mu: np.ndarray) -> np.ndarray:
    """(F, M, B) L over the grid beta (B,) × mu (M,) of one neuron. Unit y²."""
    return np.stack([loss_surface(run, k, neuron).plane(beta, mu) for k in range(len(run.trajectory.t))])
