"""The network of largest margin for labels y = ±1: where logistic loss leads, if it leads to the best there is.

Once all labels are right, the flow on logistic loss grows for ever, and its direction θ/‖θ‖ tends to a critical point
of: least ½‖θ‖² with yₙ f(xₙ) ≥ 1 (Lyu & Li 2020, on homogeneous networks). Over all networks of any width that is the
linear program of least Σ|c|, f = Σ c a with the neurons a of unit weight of certificate.py. By exchange: with
multipliers p ≥ 0 of the samples, neurons come in where |Σ p y a| is above 1, until there are none.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import InputError
from pipeline.projection.certificate import Peaks, peaks, unit_neurons

EXACT = 1e-9  # by how much |q| may be above 1
PRECISE = {f"{side}_feasibility_tolerance": 1e-10 for side in ("primal", "dual")}
MOST_ROUNDS = 100


@dataclass(frozen=True)
class LargestMargin:
    """A network of J neurons of unit weight with margin 1: breakpoint β (+∞ for a constant), side s, coefficient c.

    cost: Σ|c|, the least of ½‖θ‖² at margin 1; bound: no network costs less.
    """

    breakpoint: np.ndarray
    side: np.ndarray
    coefficient: np.ndarray
    cost: float
    bound: float

    def evaluate(self, x: ArrayLike) -> np.ndarray:
        """f at x (P,)."""
        return np.asarray(unit_neurons(np.asarray(x, dtype=float), self.breakpoint, self.side) @ self.coefficient)


def largest_margin(x: np.ndarray, y: np.ndarray) -> LargestMargin:
    """That of samples x with labels y (N,). Raises InputError for other labels than ±1, and two at one x."""
    samples = np.unique(np.stack([x, y], axis=1), axis=0)
    place, label = samples.T
    wrong, twice = np.flatnonzero(np.abs(label) != 1), np.flatnonzero(np.diff(place) == 0)
    if len(wrong):
        n = int(wrong[0])
        raise InputError(f"largest margin: y = {label[n]:g} at x = {place[n]:g} is no label; give y of −1 and 1")
    if len(twice):
        where = f"x = {place[twice[0]]:g}"
        raise InputError(f"largest margin: both labels at {where} leave no margin; give each x one label")
    new, bound = peaks(place, label), 0.0
    breakpoint, side = np.zeros(0), np.zeros(0)
    for _ in range(MOST_ROUNDS):
        breakpoint, side = np.append(breakpoint, new.breakpoint), np.append(side, new.side)
        coefficient, force = _least(unit_neurons(place, breakpoint, side), label)
        found = peaks(place, force * label)
        top = float(np.max(np.abs(found.value)))
        bound = max(bound, float(np.sum(force)) / max(top, 1.0))
        if top <= 1.0 + EXACT:
            break
        better = np.abs(found.value) > 1.0 + EXACT
        new = Peaks(*(part[better] for part in found))
    lives = coefficient != 0
    cost = float(np.sum(np.abs(coefficient)))
    return LargestMargin(breakpoint[lives], side[lives], coefficient[lives], cost, bound)


def _least(neurons: np.ndarray, label: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients (J,) of least Σ|c| of neurons (N, J) with margin 1, and the multipliers (N,) of the samples."""
    from scipy.optimize import linprog  # slow to import, and few scenes need it

    signed = label[:, None] * neurons
    count = neurons.shape[1]
    found = linprog(np.ones(2 * count), A_ub=-np.hstack([signed, -signed]), b_ub=-np.ones(len(label)), options=PRECISE)
    return found.x[:count] - found.x[count:], -found.ineqlin.marginals
