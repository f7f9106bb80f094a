"""The flow in polar ("reduced") coordinates of (w, b) (Williams et al., arXiv:1906.07842, on training dynamics).

With ρ = ‖(w, b)‖, θ the angle of (w, b) and r = vρ, f(x) = Σ r max(x cos θ + sin θ, 0), and given δ = v² − ρ²

    r' = −√(4r² + δ²) ∂L/∂r        θ' = −(1/ρ²) ∂L/∂θ        ρ² = (√(4r² + δ²) − δ)/2
    ∂L/∂r = R1 cos θ + R0 sin θ     ∂L/∂θ = r (R0 cos θ − R1 sin θ)

These coordinates are regular at w = 0, where the breakpoint β = −tan θ is at infinity. A neuron held at a sample
keeps θ; r' is unchanged, since the sample that holds it has x cos θ + sin θ = 0.
"""

import numpy as np
from numpy.typing import ArrayLike

from pipeline.projection.run_on_samples import RunOnSamples
from pipeline.projection.spline_flow import squared_norms


def polar_coordinates(run: RunOnSamples) -> tuple[np.ndarray, np.ndarray]:
    """(r, θ), (F, m) each: r = v‖(w, b)‖, θ the angle of (w, b) on (−π, π], 0 where w = b = 0."""
    t = run.trajectory
    return t.v * np.hypot(t.w, t.b), np.arctan2(t.b, t.w)


def alignment(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    """(F,) length of the sum of all |v|(w, b) over the sum of their lengths, of (r, θ) (F, m); 0 where all are 0."""
    size = np.abs(radius)
    total, whole = np.sum(size, axis=1), np.abs(np.sum(size * np.exp(1j * angle), axis=1))
    return np.asarray(np.divide(whole, total, out=np.zeros_like(total), where=total > 0))


def polar_velocity(
    radius: ArrayLike,
    angle: ArrayLike,
    delta: ArrayLike,
    r0: ArrayLike,
    r1: ArrayLike,
    held: ArrayLike = False,
    hidden: bool = True,
    output: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """(r', θ') of neurons at (r, θ) with constants δ and residual sums R0, R1; all broadcast together.

    held: where a sample holds the breakpoint; hidden, output: which layers learn. θ' is 0 where ρ = 0.
    """
    radius, angle, delta, r0, r1, held = np.broadcast_arrays(radius, angle, delta, r0, r1, held)
    cos, sin = np.cos(angle), np.sin(angle)
    inner, outer = squared_norms(radius, delta)
    radius_rate = -(output * inner + hidden * outer) * (r1 * cos + r0 * sin)
    quotient = np.divide(radius, inner, out=np.zeros(inner.shape), where=inner > 0)
    return radius_rate, np.where(held, 0.0, -hidden * quotient * (r0 * cos - r1 * sin))


def polar_velocities(run: RunOnSamples, hidden: bool = True, output: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """(r', θ') (F, m) of every neuron, per training time."""
    sums, held = (run.residual_sum, run.residual_moment), run.trajectory.held >= 0
    return polar_velocity(*polar_coordinates(run), run.imbalance, *sums, held, hidden, output)
