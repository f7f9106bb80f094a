"""The weight ζ(x) = p(β = x) E[w² | β = x] of the kernel limit (Jin & Montúfar, JMLR 24, 2023, on implicit bias).

Trained in the kernel regime, a wide network minimises ∫ (g'' − f₀'')²/ζ among functions through the samples: many
or steep neurons at x make curvature there cheap. For Gaussian weights ζ ∝ (1 + (x/ρ)²)⁻², for uniform ones
ζ ∝ min(1, ρ/|x|)⁴, with ρ = σb/σw; constant where training is of the plain cubic-spline kind.

All integrals are by Gauss-Legendre nodes after the substitution that makes ζ dt times products of lines in t a
trigonometric (t = ρ tan φ) or plain (t = 1/p) polynomial: exact to rounding, with no cancellation far from 0.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.projection.prior import Prior

_NODE, _WEIGHT = np.polynomial.legendre.leggauss(16)
NODE, WEIGHT = 0.5 * (1 + _NODE), 0.5 * _WEIGHT


def constant_rule(low: np.ndarray, high: np.ndarray, ratio: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes t and weights ζ(t)dt, (..., 16), on [low, high] (...) for ζ = 1."""
    width = (high - low)[..., None]
    return low[..., None] + width * NODE, width * WEIGHT


def normal_rule(low: np.ndarray, high: np.ndarray, ratio: float) -> tuple[np.ndarray, np.ndarray]:
    """The same for ζ = (1 + (t/ρ)²)⁻²: with t = ρ tan φ, ζ dt = ρ cos²φ dφ."""
    start = np.arctan(low / ratio)[..., None]
    width = np.arctan2(ratio * (high - low), ratio**2 + low * high)[..., None]
    phi = start + width * NODE
    return ratio * np.tan(phi), ratio * np.cos(phi) ** 2 * width * WEIGHT


def uniform_rule(low: np.ndarray, high: np.ndarray, ratio: float) -> tuple[np.ndarray, np.ndarray]:
    """The same, (..., 48), for ζ = min(1, ρ/|t|)⁴: plain within ±ρ, and beyond with t = 1/p, ζ dt = −ρ⁴p² dp."""
    rules = [constant_rule(np.clip(low, -ratio, ratio), np.clip(high, -ratio, ratio), ratio)]
    for bounds in ((-np.inf, -ratio), (ratio, np.inf)):
        p, width = constant_rule(1 / np.clip(low, *bounds), 1 / np.clip(high, *bounds), ratio)
        rules.append((1 / p, -(ratio**4) * p**2 * width))
    places, weights = (np.concatenate(parts, axis=-1) for parts in zip(*rules, strict=True))
    return places, weights


RULES = {"constant": constant_rule, "normal": normal_rule, "uniform": uniform_rule}


@dataclass(frozen=True)
class Zeta:
    """ζ up to a factor: shape "constant", "normal" or "uniform", ratio ρ = σb/σw; height: the true ζ(0)."""

    shape: str = "constant"
    ratio: float = 1.0
    height: float = 1.0

    @classmethod
    def of_prior(cls, prior: Prior) -> "Zeta":
        """ζ of a prior, from ∫|w|³ p(w) p(b = −xw) dw: ζ(0) is 2σw³/(πσb) (Gaussian) or aw³/(8ab) (uniform)."""
        aw, ab, _ = prior.half_widths
        normal = prior.distribution == "normal"
        height = 2 * prior.sigma_w**3 / (np.pi * prior.sigma_b) if normal else aw**3 / (8 * ab)
        return cls(prior.distribution, prior.ratio, float(height))

    def integrate(self, low: np.ndarray, high: np.ndarray, function: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """∫ ζ/ζ(0) · function over [low, high] (...), low ≤ high; function takes nodes (..., Q)."""
        nodes, weights = RULES[self.shape](np.asarray(low, dtype=float), np.asarray(high, dtype=float), self.ratio)
        return np.asarray(np.sum(weights * function(nodes), axis=-1))
