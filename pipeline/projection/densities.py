"""Densities of a random network's breakpoints β and delta-slopes μ (Sahs et al., arXiv:2008.01772, on initialisation).

Gaussian, D = √(σb² + σw²β²): β is Cauchy(0, σb/σw); μ given β is Laplace with scale σwσbσv/D; μ is a product of
two normals. Uniform, reach M(β) = min(aw, ab/|β|), the largest |w| that β allows:
p(β) = M²/(4 aw ab), p(β, μ) = (M − |μ|/av)₊ / (4 aw ab av), p(μ) = log(aw av/|μ|)₊ / (2 aw av).

Balanced, μ = ±w²√(1 + β²), with p(w | β) ∝ |w| p(w, b = −βw): for normal weights w² is exponential with mean
2σw²σb²/D², so μ is Laplace with scale 2(σwσb/D)²√(1 + β²); for uniform ones w² is uniform on [0, M²], so μ is
uniform on ±M²√(1 + β²).
"""

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import InputError
from pipeline.projection.prior import Prior

ANGLES = 20_000  # at which densities are summed


def breakpoint_density(prior: Prior, beta: ArrayLike) -> np.ndarray:
    """p(β) at β of any shape; its integral is 1. Unit 1/x."""
    beta = np.asarray(beta, dtype=float)
    if prior.distribution == "normal":
        return prior.ratio / (np.pi * (prior.ratio**2 + beta**2))
    aw, ab, _ = prior.half_widths
    return _reach(prior, beta) ** 2 / (4 * aw * ab)


def breakpoint_law(prior: Prior, beta: ArrayLike) -> np.ndarray:
    """P(breakpoint ≤ β) at β of any shape, infinite ones too: p(β) integrated over the angle u with β = tan u."""
    u = np.linspace(-np.pi / 2, np.pi / 2, ANGLES + 2)[1:-1]
    mass = breakpoint_density(prior, np.tan(u)) / np.cos(u) ** 2
    share = np.cumsum(mass)
    return np.asarray(np.interp(np.arctan(beta), u, (share - 0.5 * mass) / share[-1], left=0.0, right=1.0))


def law_distance(prior: Prior, beta: np.ndarray) -> np.ndarray:
    """(F,) Kolmogorov-Smirnov distance of breakpoints (F, m) from the law: the largest gap of shares below a place."""
    neurons = beta.shape[1]
    expected = breakpoint_law(prior, np.sort(beta, axis=1))
    above, below = np.arange(1, neurons + 1) / neurons - expected, expected - np.arange(neurons) / neurons
    return np.asarray(np.maximum(above, below).max(axis=1))


def delta_slope_density(prior: Prior, mu: ArrayLike) -> np.ndarray:
    """p(μ) at μ of any shape, +∞ at μ = 0. Raises InputError for a balanced prior: no closed form. Unit x/y."""
    if prior.balanced:
        raise InputError("init.balanced = true: p(μ) has no closed form; ask for p(β, μ)")
    size = np.abs(np.asarray(mu, dtype=float))
    if prior.distribution == "normal":
        from scipy.special import k0  # slow to import, and few ask for this density

        scale = prior.sigma_w * prior.sigma_v
        return np.asarray(k0(size / scale) / (np.pi * scale))
    aw, _, av = prior.half_widths
    share = np.minimum(size / (aw * av), 1.0)
    logarithm = np.log(share, out=np.full_like(share, -np.inf), where=share > 0)
    return np.asarray(-logarithm / (2 * aw * av))


def joint_density(prior: Prior, beta: ArrayLike, mu: ArrayLike) -> np.ndarray:
    """p(β, μ) at (β, μ), broadcast together. Unit 1/y."""
    beta, size = np.asarray(beta, dtype=float), np.abs(mu)
    scale = _delta_slope_scale(prior, beta)
    if prior.distribution == "normal":
        given = np.exp(-size / scale) / (2 * scale)
    elif prior.balanced:
        given = np.where(size < scale, 0.5 / scale, 0.0)
    else:
        given = np.maximum(1 - size / scale, 0.0) / scale
    return np.asarray(breakpoint_density(prior, beta) * given)


def _delta_slope_scale(prior: Prior, beta: np.ndarray) -> np.ndarray:
    """The scale of μ given β: of a Laplace law where normal, the largest |μ| where uniform."""
    if prior.distribution == "uniform":
        reach = _reach(prior, beta)
        return reach**2 * np.hypot(1, beta) if prior.balanced else reach * prior.half_widths[2]
    spread = prior.sigma_w * prior.sigma_b / np.hypot(prior.sigma_b, prior.sigma_w * beta)
    return 2 * spread**2 * np.hypot(1, beta) if prior.balanced else spread * prior.sigma_v


def _reach(prior: Prior, beta: np.ndarray) -> np.ndarray:
    aw, ab, _ = prior.half_widths
    return np.asarray(ab / np.maximum(np.abs(beta), ab / aw))
