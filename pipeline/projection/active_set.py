"""The best coefficients and directions of few neurons: Newton's method, one constraint after the other.

In the plane of (w, b) neuron j is the vector cⱼ(w, b) and costs its length, and while its breakpoint stays between two
samples f is linear in it, so Newton's matrix is exact. A step ends where a neuron vanishes or comes to a sample, which
it then stays at; it leaves once the certificate has a peak in the next gap.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from pipeline.projection.sparse_fit import SparseFit
from pipeline.projection.turning import ends, tangent_between, turned
from pipeline.projection.uniting import united

DAMPINGS = 1e-8, 1e-5, 1e-2  # of every column: what fits no better than rounding shows stays; more where that fails
HALVINGS = 12
ROUNDING = 1e-13  # of the objective


class Step(NamedTuple):
    """Changes of coefficients (J,), of the vectors across their direction (J,), and of the bias."""

    along: np.ndarray
    across: np.ndarray
    bias: float


def fitted(fit: SparseFit) -> SparseFit:
    """The fit of these neurons that costs least, some of them gone."""
    idle = 0  # steps in a row that gain nothing: as many may each take a neuron or its freedom
    while idle <= 2 * len(fit.side):
        there, stopped = _stepped(fit)
        before, fit = fit.objective, united(there)
        idle = idle + 1 if fit.objective >= before * (1.0 - ROUNDING) else 0
        if idle and not stopped:
            break
    return fit


def _stepped(fit: SparseFit) -> tuple[SparseFit, bool]:
    """The fit after a step that costs no more, if there is one, and whether a neuron vanished or arrived."""
    for damping in DAMPINGS:
        start, step = _towards(fit, damping)
        share, stop = _first_stop(start, step)
        there = _moved(start, step, share, stop)
        if there.objective <= fit.objective * (1.0 + ROUNDING):
            return there, share < 1.0
        for _ in range(HALVINGS):
            share *= 0.5
            there = _moved(start, step, share, None)
            if there.objective < fit.objective:
                return there, False
    return fit, False


def _towards(fit: SparseFit, damping: float) -> tuple[SparseFit, Step]:
    """The step to the minimum of the quadratic model, and the fit without new neurons that would shrink from 0."""
    while True:
        step = _newton_step(fit, damping)
        astray = (fit.coefficient == 0) & (step.along * fit.sign <= 0)
        if not astray.any():
            return fit, step
        fit = fit.kept(~astray)


def _newton_step(fit: SparseFit, damping: float) -> Step:
    """Least squares with a linear term, min ½‖A d − r‖² + g·d, by A = QR."""
    from scipy.linalg import qr, solve_triangular  # slow to import, and few runs are compared with an optimum

    weight, decay, size = fit.samples.weight, fit.decay, np.abs(fit.coefficient[fit.moves])
    still = np.zeros(len(fit.side))
    stiff = np.sqrt(decay * np.concatenate([still, 1.0 / size, np.ones(int(fit.free))]))
    near = np.diag(damping * np.linalg.norm(fit.design, axis=0))
    q, r = qr(np.concatenate([fit.design, np.diag(stiff), near]), mode="economic", check_finite=False)
    pull = q[: len(weight)].T @ (np.sqrt(weight) * fit.residual)
    change = solve_triangular(r, pull - solve_triangular(r, decay * fit.slope, trans="T"))
    turn, turns = still.copy(), len(still) + len(size)
    turn[fit.moves] = change[len(still) : turns]
    return Step(change[: len(still)], turn, float(np.sum(change[turns:])))


def _first_stop(fit: SparseFit, step: Step) -> tuple[float, tuple[np.ndarray, np.ndarray]]:
    """The share of a step, at most 1, at which neurons first vanish or arrive at a sample, and which do, (J,) each."""
    size = np.where(fit.coefficient == 0, 1.0, fit.coefficient)
    grows, turns = step.along / size, step.across / size
    limit = tangent_between(fit.breakpoint, fit.side, *ends(fit.samples.x, fit.breakpoint, fit.side, turns > 0))
    reach = np.where((turns != 0) & np.isfinite(limit), limit, 0.0)
    rate = turns - reach * grows
    arriving = np.where(rate * reach > 0, reach / np.where(rate == 0, 1.0, rate), np.inf)
    vanishing = np.where((fit.coefficient != 0) & (grows < 0), -1.0 / np.where(grows < 0, grows, 1.0), np.inf)
    share = min(1.0, np.min(arriving, initial=1.0), np.min(vanishing, initial=1.0))
    return share, (vanishing <= share, (arriving <= share) & (vanishing > share))


def _moved(fit: SparseFit, step: Step, share: float, stop: tuple[np.ndarray, np.ndarray] | None) -> SparseFit:
    """The fit after a share of a step; stop: neurons that vanish, and that arrive at a sample."""
    along = fit.coefficient + share * step.along
    tangent = np.divide(share * step.across, along, out=np.zeros_like(along), where=along != 0)
    breakpoint, side = turned(fit.breakpoint, fit.side, tangent)
    still = tangent == 0
    breakpoint, side = np.where(still, fit.breakpoint, breakpoint), np.where(still, fit.side, side)
    if stop is not None:
        vanishes, arrives = stop
        along = np.where(vanishes, 0.0, along)
        end, end_side = ends(fit.samples.x, fit.breakpoint, fit.side, tangent > 0)
        breakpoint, side = np.where(arrives, end, breakpoint), np.where(arrives, end_side, side)
    size = along * np.hypot(1.0, tangent)
    return replace(fit, breakpoint=breakpoint, side=side, coefficient=size, bias=fit.bias + share * step.bias)
