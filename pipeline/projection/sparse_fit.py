"""A fit by few neurons with weight decay, its cost, and the least that any network costs.

½Σ kₙ(f(xₙ) − yₙ)² + λΣ|cⱼ| + ½λ bias²,   f = bias + Σ cⱼ aⱼ   with neurons aⱼ of unit weight (certificate.py).
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pipeline.projection.activity import Samples
from pipeline.projection.certificate import Peaks, peaks, unit_neurons
from pipeline.projection.turning import across, places

INDEPENDENT = 1e-11  # of the largest pivot: neurons whose outputs differ by less do not tell their forces
ROUNDING = 4e-16


@dataclass(frozen=True)
class SparseFit:
    """J neurons of unit weight times coefficients, (J,) each.

    sign: of the coefficients, or the way they are to grow from 0; decay: λ; free: whether there is an output bias.
    """

    samples: Samples
    decay: float
    free: bool
    breakpoint: np.ndarray
    side: np.ndarray
    coefficient: np.ndarray
    sign: np.ndarray
    bias: float = 0.0

    @cached_property
    def neurons(self) -> np.ndarray:
        """(K, J) outputs of the neurons at the distinct samples."""
        return unit_neurons(self.samples.x, self.breakpoint, self.side)

    @cached_property
    def residual(self) -> np.ndarray:
        """(K,) y − f at the distinct samples."""
        return np.asarray(self.samples.y - self.bias - self.neurons @ self.coefficient)

    @cached_property
    def place(self) -> np.ndarray:
        """(J,) where the neurons stand: even numbers in gaps, odd ones at samples."""
        return places(self.samples.x, self.breakpoint, self.side)

    @cached_property
    def objective(self) -> float:
        """What it costs, less what no function can undo."""
        cost = np.sum(np.abs(self.coefficient)) + 0.5 * self.bias**2
        return float(0.5 * self.samples.weight @ self.residual**2 + self.decay * cost)

    @cached_property
    def moves(self) -> np.ndarray:
        """(J,) whether a neuron's breakpoint is free to move: it lives, and stands at no sample."""
        return np.asarray((self.coefficient != 0) & (self.place % 2 == 0))

    @cached_property
    def design(self) -> np.ndarray:
        """(K, D) what f at the samples moves by: with every coefficient, every turn of what moves, and the bias.

        Rows times √weight.
        """
        turning = across(self.samples.x, self.breakpoint[self.moves], self.side[self.moves])
        bias = np.ones((len(self.samples.x), int(self.free)))
        return np.asarray(np.sqrt(self.samples.weight)[:, None] * np.concatenate([self.neurons, turning, bias], axis=1))

    @cached_property
    def slope(self) -> np.ndarray:
        """(D,) how the cost over λ moves with each."""
        turning = np.zeros(np.count_nonzero(self.moves))
        return np.concatenate([self.sign, turning, np.full(int(self.free), self.bias)])

    @cached_property
    def force(self) -> np.ndarray:
        """(K,) residuals of the rows at each sample summed, over λ; the least change that balances all that lives.

        Of residuals that are as small as λ the difference y − f has lost the digits that this gives back.
        """
        from scipy.linalg import qr, solve_triangular  # slow to import, and few runs are compared with an optimum

        root = np.sqrt(self.samples.weight)
        force = root * self.residual / self.decay
        if self.slope.size <= len(root):
            q, r = qr(self.design, mode="economic", check_finite=False)
            pivots = np.abs(np.diag(r))
            if np.min(pivots, initial=1.0) > INDEPENDENT * np.max(pivots, initial=0.0):
                force += q @ solve_triangular(r, self.slope - self.design.T @ force, trans="T")
        return np.asarray(root * force)

    @cached_property
    def peaks(self) -> Peaks:
        """Where one more neuron may gain most."""
        return peaks(self.samples.x, self.force)

    @cached_property
    def lower_bound(self) -> float:
        """No network costs less: the value of the dual problem at the best multiple of the forces, less rounding."""
        force, x = self.force, self.samples.x
        lost = ROUNDING * float(np.sum(np.abs(force)))
        most = np.max(np.abs(self.peaks.value), initial=0.0) + lost * np.max(np.hypot(1.0, x))
        linear = force @ self.samples.y - lost * np.max(np.abs(self.samples.y))
        square = self.decay * (force @ (force / self.samples.weight)) + (np.sum(force) ** 2 if self.free else 0.0)
        share = min(1.0 / max(most, np.finfo(float).tiny), linear / (square or 1.0))
        return max(float(self.decay * (share * linear - 0.5 * share**2 * square)), 0.0)

    def with_peaks(self) -> "SparseFit":
        """The same with a neuron of coefficient 0 wherever |q| has a peak above 1."""
        size = np.abs(self.peaks.value)
        around = np.concatenate([[0.0], size, [0.0]])
        new = (size > 1.0) & (size >= around[:-2]) & (size >= around[2:])
        new &= ~np.isin(self._keys(*self.peaks), self._keys(self.breakpoint, self.side, self.sign))
        added = Peaks(*(part[new] for part in self.peaks))
        return replace(
            self,
            breakpoint=np.concatenate([self.breakpoint, added.breakpoint]),
            side=np.concatenate([self.side, added.side]),
            coefficient=np.concatenate([self.coefficient, np.zeros(len(added.side))]),
            sign=np.concatenate([self.sign, np.sign(added.value)]),
        )

    def _keys(self, breakpoint: np.ndarray, side: np.ndarray, value: np.ndarray) -> np.ndarray:
        """(J,) a number for every place and sign: where one stands already, no other comes."""
        return 2 * places(self.samples.x, breakpoint, side) + (value > 0)

    def kept(self, which: np.ndarray) -> "SparseFit":
        """The same with those neurons only, by booleans or numbers."""
        parts = {name: getattr(self, name)[which] for name in ("breakpoint", "side", "coefficient", "sign")}
        return replace(self, **parts)
