"""The global optimum of training with weight decay: a sparse spline, found exactly.

Over all networks of any width, min ½Σ(f(xₙ) − yₙ)² + ½λΣ(w² + b² + v²) is the convex problem
min ½Σ(f(xₙ) − yₙ)² + λΣ|μ|√(1 + β²), as ½(w² + b² + v²) ≥ |v|‖(w, b)‖ (Savarese et al. 2019; Boursier & Flammarion,
arXiv:2303.01353). By exchange: neurons come in where the certificate is largest, and the few that live are fitted.
"""

from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import InputError
from pipeline.model.arguments import check_is, numbers
from pipeline.model.data import Data
from pipeline.projection.active_set import fitted
from pipeline.projection.activity import merge_samples
from pipeline.projection.sparse_fit import SparseFit

TIGHT = 1e-10  # of the objective: a gap at which the search ends
ROUNDING = 1e-14  # of the objective of f = 0: no smaller gap can be told
EPSILON = np.finfo(float).eps
PATIENCE = 3  # rounds without any gain, after which rounding has the last word


@dataclass(frozen=True)
class GlobalOptimum:
    """A network of J neurons in spline form: (J,) each, sorted by breakpoint, and a constant.

    breakpoint: β; delta_slope: μ; orientation: s; constant: what neurons with w = 0 and the output bias add to f.
    objective: ½Σ(f(xₙ) − yₙ)² + λΣ|μ|√(1 + β²) (+ λ|constant|, or what it costs beside an output bias); gap: how much
    less any network might reach, by the dual problem. Units of y².
    """

    breakpoint: np.ndarray
    delta_slope: np.ndarray
    orientation: np.ndarray
    constant: float
    objective: float
    gap: float

    def evaluate(self, x: ArrayLike) -> np.ndarray:
        """f at x (P,). Raises InputError for what is no number."""
        offset = numbers("x", x)[..., None] - self.breakpoint
        return np.asarray(
            np.sum(np.where(self.orientation * offset > 0, self.delta_slope * offset, 0.0), axis=-1) + self.constant
        )


def global_optimum(x: ArrayLike, y: ArrayLike, weight_decay: float, output_bias: bool = False) -> GlobalOptimum:
    """What costs least of all networks of any width, for samples x, y (N,) and the decay λ > 0 of all weights.

    output_bias: whether f has a bias of its own, which decays too. The gap is at most 1e-8 of the objective wherever
    rounding allows.

    Raises InputError for samples that Data refuses, and a decay that is not a finite number above 0.
    """
    data = Data(x, y)  # type: ignore[arg-type]  # which makes arrays of them
    check_is("weight_decay", weight_decay, Real, "a number above 0")
    if not 0 < weight_decay < np.inf:
        raise InputError(f"`weight_decay` = {weight_decay}: the optimum needs a finite number above 0; give 0.01")
    samples = merge_samples(data.x, data.y)
    nothing = np.zeros(0)
    fit = SparseFit(samples, float(weight_decay), output_bias, nothing, nothing, nothing, nothing)
    bound, idle = fit.lower_bound, 0
    rounding = ROUNDING * fit.objective
    while fit.objective - bound > max(TIGHT * fit.objective, rounding) and idle < PATIENCE:
        better = fitted(fit.with_peaks())
        idle = idle + 1 if better.objective >= fit.objective and better.lower_bound <= bound else 0
        fit, bound = better, max(bound, better.lower_bound)
    return _in_spline_form(fit, bound)


def _in_spline_form(fit: SparseFit, bound: float) -> GlobalOptimum:
    """The fit as knots in order; bound: no network costs less. What bends beyond all rounding is a constant."""
    finite = np.abs(fit.breakpoint) * EPSILON < np.max(np.abs(fit.samples.x), initial=1.0)
    order = np.flatnonzero(finite)[np.argsort(fit.breakpoint[finite], kind="stable")]
    breakpoint, side = fit.breakpoint[order], fit.side[order]
    return GlobalOptimum(
        breakpoint,
        side * fit.coefficient[order] / np.hypot(1.0, breakpoint),
        side.astype(np.int8),
        float(np.sum(fit.coefficient[~finite]) + fit.bias),
        fit.objective + fit.samples.floor,
        max(fit.objective - bound, 0.0),
    )
