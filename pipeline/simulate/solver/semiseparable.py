"""Linear systems with the tangent kernel of f at K sorted samples, solved in O(K).

What a neuron of pattern p adds to the kernel at samples n, k is φₙᵀGφₖ, φ = (x, 1), where both are in its run, which
is a suffix or a prefix. So K_nk = φₙᵀSₖφₖ + φₙᵀPₙφₖ for k ≤ n, S the sum of the G of all suffixes that begin at k or
before, P of all prefixes that end behind n: below its diagonal the matrix is a product Uₙ·Vₖ of four numbers at each
sample, and so is its Cholesky factor (Foreman-Mackey, Agol, Ambikasaran & Angus, Fast and scalable Gaussian process
modeling with applications to astronomical time series, Astron. J. 154 (2017) 220, whose recursion this is).

Inactive neurons of slope ρ change nothing in that: with T the sum of all G, in place of S there is then
(1 − ρ)(S + ρP) + ρ²T, and of P (1 − ρ)(P + ρS).
"""

import numpy as np

from pipeline.compiled import inner

ROOM = 9  # numbers that are kept of a sample: U, W, 1/d of L D Lᵀ, L = 1 + the lower triangle of U Wᵀ


@inner
def factorise(
    x: np.ndarray, diagonal: np.ndarray, constant: float, inactive: float | None, spread: np.ndarray, factor: np.ndarray
) -> None:
    """Fill `factor` (K, ROOM) with that of the kernel + constant + diag(1/diagonal), at x (K,); clears `spread`.

    spread: (2K+2, 3) the sums of (G₁₁, G₁₀, G₀₀) over the neurons of every pattern; inactive: ρ.
    """
    size = len(x)
    every11, every10, every00 = sum_squares(spread, inactive)
    p11 = p10 = p00 = 0.0
    for n in range(size - 1, -1, -1):
        behind = spread[size + 2 + n]
        p11, p10, p00 = p11 + behind[0], p10 + behind[1], p00 + behind[2]
        factor[n, 4], factor[n, 5], factor[n, 6] = p11, p10, p00
        behind[0] = behind[1] = behind[2] = 0.0
    s11, s10, s00 = 0.0, 0.0, constant
    t00 = t01 = t02 = t03 = t11 = t12 = t13 = t22 = t23 = t33 = 0.0
    for n in range(size):
        begin, u = spread[n], x[n]
        s11, s10, s00 = s11 + begin[0], s10 + begin[1], s00 + begin[2]
        begin[0] = begin[1] = begin[2] = 0.0
        p11, p10, p00 = factor[n, 4], factor[n, 5], factor[n, 6]
        k11, k10, k00 = s11, s10, s00
        if inactive is not None and inactive != 0.0:
            k11, p11 = shared(s11, p11, every11, inactive)
            k10, p10 = shared(s10, p10, every10, inactive)
            k00, p00 = shared(s00 - constant, p00, every00, inactive)
            k00 += constant
        u2, u3 = p11 * u + p10, p10 * u + p00
        v0, v1 = k11 * u + k10, k10 * u + k00
        y0 = t00 * u + t01 + t02 * u2 + t03 * u3
        y1 = t01 * u + t11 + t12 * u2 + t13 * u3
        y2 = t02 * u + t12 + t22 * u2 + t23 * u3
        y3 = t03 * u + t13 + t23 * u2 + t33 * u3
        d = 1.0 / diagonal[n] + u * (v0 + u2 - y0) + (v1 + u3 - y1) - u2 * y2 - u3 * y3
        d = max(d, 1.0 / diagonal[n])  # as it would be without rounding
        a0, a1, a2, a3, part = v0 - y0, v1 - y1, u - y2, 1.0 - y3, 1.0 / d
        w0, w1, w2, w3 = part * a0, part * a1, part * a2, part * a3
        t00, t01, t02, t03 = t00 + w0 * a0, t01 + w0 * a1, t02 + w0 * a2, t03 + w0 * a3
        t11, t12, t13 = t11 + w1 * a1, t12 + w1 * a2, t13 + w1 * a3
        t22, t23, t33 = t22 + w2 * a2, t23 + w2 * a3, t33 + w3 * a3
        factor[n, 0], factor[n, 1], factor[n, 2], factor[n, 3] = u, 1.0, u2, u3
        factor[n, 4], factor[n, 5], factor[n, 6], factor[n, 7], factor[n, 8] = w0, w1, w2, w3, part
    spread[size, 0] = spread[size, 1] = spread[size, 2] = 0.0


@inner
def sum_squares(spread: np.ndarray, inactive: float | None) -> tuple[float, float, float]:
    """ρ² times the sum of (G₁₁, G₁₀, G₀₀) over all neurons."""
    one = two = three = 0.0
    if inactive is not None and inactive != 0.0:
        for p in range(len(spread)):
            one, two, three = one + spread[p, 0], two + spread[p, 1], three + spread[p, 2]
        square = inactive * inactive
        one, two, three = square * one, square * two, square * three
    return one, two, three


@inner
def shared(suffixes: float, prefixes: float, every: float, inactive: float) -> tuple[float, float]:
    """What is in place of S and of P, of their sums and ρ² times that of all."""
    rest = 1.0 - inactive
    return rest * (suffixes + inactive * prefixes) + every, rest * (prefixes + inactive * suffixes)


@inner
def solve_factorised(factor: np.ndarray, values: np.ndarray) -> None:
    """Replace `values` (K,) by the solution of the system that they are the right side of."""
    size = len(values)
    f0 = f1 = f2 = f3 = 0.0
    for n in range(size):
        own = factor[n]
        z = values[n] - own[0] * f0 - f1 - own[2] * f2 - own[3] * f3
        f0, f1, f2, f3 = f0 + own[4] * z, f1 + own[5] * z, f2 + own[6] * z, f3 + own[7] * z
        values[n] = z * own[8]
    f0 = f1 = f2 = f3 = 0.0
    for k in range(size):
        n = size - 1 - k
        own = factor[n]
        z = values[n] - own[4] * f0 - own[5] * f1 - own[6] * f2 - own[7] * f3
        f0, f1, f2, f3 = f0 + own[0] * z, f1 + z, f2 + own[2] * z, f3 + own[3] * z
        values[n] = z
