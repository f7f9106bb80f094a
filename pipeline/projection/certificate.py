"""The certificate of weight decay: what one more neuron would gain, and its exact maxima over all neurons.

A neuron of unit weight (w, b) = s(1, −β)/√(1 + β²) adds a(x) = (s(x − β))₊/√(1 + β²) to f, and with decay λ on all
weights costs λ|μ|√(1 + β²) (Savarese et al. 2019). With forces pₙ = (yₙ − f(xₙ))/λ,

    q(β, s) = Σ pₙ a(xₙ)        f is the global optimum where |q| ≤ 1 everywhere, and q = ±1 at all that f is made of.

While β stays in a gap between samples, so do the active samples A, and q is the product of (w, b) with the vector
(P1, P0) = Σ_A p·(x, 1): it is largest, the vector's length, at β = −P0/P1 if that lies in the gap, else at an end.
Beyond the outer samples all are active, and β → ±∞, the constants, lie in the middle of that gap.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pipeline.projection.activity import Runs, active_runs, run_sums


class Peaks(NamedTuple):
    """Neurons of unit weight, (J,) each, in the order of their angle (w, b): β, +∞ for a constant; s; and q there."""

    breakpoint: np.ndarray
    side: np.ndarray
    value: np.ndarray


def unit_neurons(x: np.ndarray, breakpoint: np.ndarray, side: np.ndarray) -> np.ndarray:
    """(P, J) outputs at x (P,) of neurons of unit weight with breakpoints (J,), ±∞ for the constant, and sides (J,)."""
    finite = np.isfinite(breakpoint)
    place = np.where(finite, breakpoint, 0.0)
    hinge = np.maximum(side * (x[:, None] - place), 0.0) / np.hypot(1.0, place)
    return np.where(finite, hinge, 1.0)


def certificate(x: np.ndarray, force: np.ndarray, breakpoint: np.ndarray, side: ArrayLike) -> np.ndarray:
    """(..., J) q at breakpoints (..., J), ±∞ for the constant, and sides; in O(J log K + K).

    force: (..., K) at distinct sorted samples x (K,), summed over the rows at each.
    """
    shape = np.broadcast_shapes(np.shape(breakpoint), np.shape(side), (*force.shape[:-1], 1))
    breakpoint, side = np.broadcast_to(breakpoint, shape), np.broadcast_to(side, shape)
    runs = active_runs(breakpoint, side, True, x)
    total, moment = run_sums(force, runs), run_sums(force * (x - x[0]), runs)
    finite = np.isfinite(breakpoint)
    place = np.where(finite, breakpoint, 0.0)
    return np.where(finite, side * (moment - (place - x[0]) * total) / np.hypot(1.0, place), total)


def peaks(x: np.ndarray, force: np.ndarray) -> Peaks:
    """All neurons at which |q| may be largest: those at samples, and inside every gap the best; in O(K).

    force: (K,) at distinct sorted samples x (K,). Neurons that see no sample are left out.
    """
    ones = np.ones(len(x) - 1)
    breakpoint, side, value = (np.zeros(4 * len(x) - 3) for _ in range(3))
    (breakpoint[::2], side[::2], value[::2]), stationary = _best_of_gaps(x, force)
    breakpoint[1::2], side[1::2] = np.concatenate([x[-2::-1], x[:0:-1]]), np.concatenate([ones, -ones])
    value[1::2] = certificate(x, force, breakpoint[1::2], side[1::2])
    there = np.ones(len(side), dtype=bool)
    there[::2] = stationary
    return Peaks(breakpoint[there], side[there], value[there])


def _best_of_gaps(x: np.ndarray, force: np.ndarray) -> tuple[Peaks, np.ndarray]:
    """(2K − 1,) where q is stationary with all of a gap's samples active, and whether that lies inside the gap.

    The K − 1 gaps right to left, what is beyond all samples, and the K − 1 gaps again, whose left samples are active.
    """
    count = len(x)
    upper = np.arange(count - 1, 0, -1)  # the sample that ends a gap
    runs = Runs(np.concatenate([upper, 0 * upper, [0]]), np.concatenate([0 * upper + count, [count], upper]))
    total = run_sums(force, runs)
    moment = run_sums(force * (x - x[0]), runs) + x[0] * total
    flat = moment == 0
    breakpoint = np.where(flat, np.inf, -total / np.where(flat, 1.0, moment))
    inner = (breakpoint > np.concatenate([x[upper - 1], [-np.inf], x[upper - 1]])) & (
        breakpoint < np.concatenate([x[upper], [np.inf], x[upper]])
    )
    inner[count - 1] = not x[0] <= breakpoint[count - 1] <= x[-1]
    middle = -1.0 if np.isfinite(breakpoint[count - 1]) and breakpoint[count - 1] > x[-1] else 1.0
    side = np.concatenate([np.ones(count - 1), [middle], -np.ones(count - 1)])
    # The product with (w, b): along the vector where s has the sign of P1, against it elsewhere.
    along = np.where(flat, np.sign(total), side * np.sign(moment))
    return Peaks(breakpoint, side, along * np.hypot(moment, total)), inner
