"""Gradient flow in spline coordinates, closed in (β, μ) given every neuron's constant δ = v² − w² − b².

With h = √(1 + β²), ‖(w, b)‖² = P = (√(4μ²h² + δ²) − δ)/2, w² = P/h², v² = P + δ (from P(P + δ) = μ²h²), and the
sums R0, R1 of residuals and residuals·x over the active samples (Sahs et al., arXiv:2008.01772, on the flow):

    β' = (μ/w²)(R0 + βR1)        μ' = −v²R1 − w²(R1 − βR0)

A neuron held at a sample keeps β' = 0. Its (w, b) moves along itself only, which leaves
μ' = −(v²/h² + w²)(R1 − βR0), the sample out of R0 and R1. The terms with v² are the hidden layer's learning, those
with w² the output layer's. Weight decay is not part of L.
"""

import numpy as np
from numpy.typing import ArrayLike

from pipeline.projection.activity import Runs, Samples, active_runs, run_sums
from pipeline.projection.run_on_samples import RunOnSamples


def squared_norms(product: np.ndarray, imbalance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """‖(w, b)‖² and v² of neurons with r = v‖(w, b)‖ and δ = v² − ‖(w, b)‖².

    They solve P(P + δ) = r². The smaller of the two is r² divided by the larger, so none loses digits.
    """
    larger = 0.5 * (np.hypot(2 * product, imbalance) + np.abs(imbalance))
    ratio = np.divide(product, larger, out=np.zeros_like(larger), where=larger > 0)
    smaller = ratio * product
    positive = imbalance > 0
    return np.where(positive, smaller, larger), np.where(positive, larger, smaller)


def spline_velocity(
    beta: ArrayLike,
    mu: ArrayLike,
    delta: ArrayLike,
    r0: ArrayLike,
    r1: ArrayLike,
    held: ArrayLike = False,
    hidden: bool = True,
    output: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """(β', μ') of neurons at (β, μ) with constants δ, residual sums R0, R1; all broadcast together.

    held: where a sample holds the breakpoint; hidden, output: which layers learn (δ is constant if both do).
    Both are 0 where β is infinite (the chart ends there), and β' is 0 where μ = 0 and δ ≥ 0 (w = b = 0: nothing
    moves the breakpoint). β' is ±∞ where it exceeds every float.
    """
    beta, mu, delta, r0, r1, held = np.broadcast_arrays(beta, mu, delta, r0, r1, held)
    finite = np.isfinite(beta)
    beta, mu = np.where(finite, beta, 0.0), np.where(finite, mu, 0.0)
    h = np.hypot(1.0, beta)
    inner, outer = squared_norms(mu * h, delta)
    along, across = r1 / h - (beta / h) * r0, r0 / h + (beta / h) * r1
    turn = np.divide(mu * h, inner, out=np.zeros(h.shape), where=inner > 0) * across
    with np.errstate(over="ignore"):
        beta_rate = np.where(finite & ~held, hidden * turn * h * h, 0.0)
    mu_rate = -hidden * outer * np.where(held, along / h, r1) - output * inner * along / h
    return beta_rate, np.where(finite, mu_rate, 0.0)


def velocities(run: RunOnSamples, hidden: bool = True, output: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """(β', μ') (F, m) of every neuron by the closed equations. Units x and y/x per training time.

    A neuron without breakpoint (w = 0) has β' = 0 by convention and μ' = v w' = −v²R1.
    """
    t = run.trajectory
    bend = 1.0 - t.inactive
    beta_rate, mu_rate = spline_velocity(
        run.breakpoint,
        run.spline.delta_slope / bend,
        run.imbalance,
        run.residual_sum,
        run.residual_moment,
        t.held >= 0,
        hidden,
        output,
    )
    return beta_rate, bend * np.where(run.finite, mu_rate, -hidden * t.v**2 * run.residual_moment)


def vector_field(
    samples: Samples,
    residual: np.ndarray,
    beta: np.ndarray,
    mu: np.ndarray,
    delta: float,
    orientation: int,
    hidden: bool = True,
    output: bool = True,
) -> np.ndarray:
    """(2, M, B) β' and μ' at every point of the grid beta (B,) × mu (M,), for residuals (K,) that stay as they are.

    What a further neuron of that δ and orientation (±1) would do. On a sample's β the sample is inactive.
    """
    runs = active_runs(beta, np.full(len(beta), orientation), False, samples.x)
    r0, r1 = residual_sums(samples, residual, runs)
    return np.stack(spline_velocity(beta, mu[:, None], delta, r0, r1, hidden=hidden, output=output))


def residual_sums(samples: Samples, residual: np.ndarray, runs: Runs) -> tuple[np.ndarray, np.ndarray]:
    """R0, R1 (..., m) over runs, for residuals (..., K) at the distinct samples."""
    force = samples.weight * residual
    return run_sums(force, runs), run_sums(samples.x * force, runs)


def gradient_norm(run: RunOnSamples, hidden: bool = True, output: bool = True, output_bias: bool = False) -> np.ndarray:
    """(F,) ‖∇L‖ over what learns, the speed of the flow: a held neuron's (w, b) counts only along itself."""
    t, r0, r1 = run.trajectory, run.residual_sum, run.residual_moment
    norm = np.hypot(t.w, t.b)
    # At w = b = 0 there is no direction, and of a ReLU no active sample either: R0 = R1 = 0.
    unit_w, unit_b = (np.divide(part, norm, out=np.zeros_like(norm), where=norm > 0) for part in (t.w, t.b))
    along, across = unit_w * r1 + unit_b * r0, unit_w * r0 - unit_b * r1
    across = np.where(t.held >= 0, 0.0, across)
    square = np.sum(hidden * t.v**2 * (along**2 + across**2) + output * norm**2 * along**2, axis=1)
    return np.asarray(np.sqrt(square + output_bias * np.sum(run.force, axis=1) ** 2))
