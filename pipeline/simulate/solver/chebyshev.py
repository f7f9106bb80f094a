"""Stabilised explicit Runge-Kutta-Chebyshev steps of second order (RKC2).

Sommeijer, Shampine & Verwer, "RKC: an explicit solver for parabolic PDEs", J. Comput. Appl. Math. 88 (1998)
315-326: s stages are stable for h·ρ ≤ 0.653(s² − 1) on the negative real axis, where the spectrum of a
gradient flow lies.
"""

import math

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.kernels import Problem, Sums, velocity

MOST_STAGES = 400
DAMPING = 2.0 / 13.0


@inner
def stages_for(product: float) -> int:
    """The number of stages that is stable for h·ρ = product."""
    return max(2, 1 + int(math.sqrt(1.0 + 1.54 * product)))


@inner
def longest_stable(radius: float) -> float:
    """The longest step that MOST_STAGES stages allow for a spectral radius."""
    return (MOST_STAGES - 1.0) ** 2 / (1.54 * radius) if radius > 0 else np.inf


@inner
def expansion(stages: int) -> tuple[float, float]:
    """Where the polynomials of so many stages are expanded, w₀, and what maps the step onto their stable part, w₁."""
    w0 = 1.0 + DAMPING / (stages * stages)
    root = math.sqrt(w0 * w0 - 1.0)
    arc = stages * math.log(w0 + root)
    return w0, math.sinh(arc) * (w0 * w0 - 1.0) / (math.cosh(arc) * stages * root - w0 * math.sinh(arc))


@inner
def chebyshev_step(
    h: float,
    stages: int,
    start: np.ndarray,
    slope: np.ndarray,
    pattern: np.ndarray,
    held: np.ndarray,
    problem: Problem,
    sums: Sums,
    work: np.ndarray,
) -> int:
    """One step of length h from `start` (3m+1,) with its velocity `slope`.

    work: (4, 3m+1) scratch; row 3 holds velocities. Returns the row of `work` that holds the new state.
    """
    w0, w1 = expansion(stages)
    b1 = b2 = 1.0 / (4.0 * w0 * w0)
    t1, t2, d1, d2, dd1, dd2 = w0, 1.0, 1.0, 0.0, 0.0, 0.0  # Chebyshev polynomials at w0, two derivatives
    older, old, new, f = work[0], work[1], work[2], work[3]
    first = w1 * b1 * h
    for k in range(len(start)):
        older[k] = start[k]
        old[k] = start[k] + first * slope[k]
    for _ in range(2, stages + 1):
        t = 2.0 * w0 * t1 - t2
        d = 2.0 * w0 * d1 - d2 + 2.0 * t1
        dd = 2.0 * w0 * dd1 - dd2 + 4.0 * d1
        b = dd / (d * d)
        mu, nu = 2.0 * w0 * b / b1, -b / b2
        mu_h = 2.0 * w1 * b / b1 * h
        gamma_h = -(1.0 - b1 * t1) * mu_h
        velocity(old, pattern, held, problem, sums, f)
        for k in range(len(start)):
            new[k] = start[k] + (
                mu * (old[k] - start[k]) + nu * (older[k] - start[k]) + mu_h * f[k] + gamma_h * slope[k]
            )
        t2, t1, d2, d1, dd2, dd1, b2, b1 = t1, t, d1, d, dd1, dd, b1, b
        older, old, new = old, new, older
    return stages % 3
