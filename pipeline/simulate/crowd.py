"""A run of very many neurons as pictures need it: a fair choice of them, and what all others add to f on a fine grid.

A picture shows some thousands of neurons, and f. So a run of a million takes a fiftieth of the memory, and its moments
can be as many as those of any run.
"""

import numpy as np

from pipeline.compiled import compiled
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.loss import values
from pipeline.simulate.rest import Rest
from pipeline.simulate.solver.dense_output import Frames
from pipeline.simulate.solver.visible import Sight, look, with_probes
from pipeline.simulate.states import States, first_of_each_time

POINTS = 1500  # of the grid, beside the samples and the probes of a sight
WIDENED = 0.5  # of the range of the samples: how far the grid reaches beyond either end; f is straight from there on
LARGEST = 200  # neurons of the largest |μ| at the start, which are told of in any case


class Crowd:
    """How the states of a run from a network of very many neurons are told: by at most `most` of these, and a Rest.

    sight, loss: as those of its Recording. The loss is that of f straight between the inputs of the grid, and exact up
    to POINTS distinct samples, which are all among these.
    """

    def __init__(self, network: Network, most: int, data: Data, sight: Sight, loss: str):
        self.neurons, self.chosen = len(network), fair_choice(network, most)
        self._data, self._loss, self._x = data, loss, grid_of(data.x, sight)
        self._grid = with_probes(sight, self._x)
        probes = np.searchsorted(self._x, sight.probe)
        self._order = np.concatenate([probes, np.setdiff1d(np.arange(len(self._x)), probes)])

    def states(self, frames: Frames, count: int) -> States:
        """The first `count` frames, those of one time once, of the neurons that are told of."""
        new = first_of_each_time(frames.t[:count])
        told = np.ix_(new, self.chosen)
        w, b, v, held = frames.w[told], frames.b[told], frames.v[told], frames.held[told]
        f = sums_on(self._grid, new, frames.w, frames.b, frames.v, frames.c)
        rest = f - sums_on(self._grid, np.arange(len(new)), w, b, v, frames.c[new])
        outputs = np.array([np.interp(self._data.x, self._x, row) for row in f])
        loss = values(self._loss, outputs, self._data.y).sum(axis=1)
        return States(frames.t[new], w, b, v, frames.c[new], held, loss, rest[:, self._order])

    def rest(self, states: States) -> Rest:
        """The rest of f of states, on a grid in order."""
        return Rest(self.neurons - len(self.chosen), self._x, states.rest[:, np.argsort(self._order)])


def fair_choice(network: Network, most: int) -> np.ndarray:
    """(M,) indices of so many neurons, ascending: the largest at the start, and a fair choice of the others."""
    large = np.argsort(-np.abs(network.w * network.v), kind="stable")[: min(LARGEST, most)]
    others = np.setdiff1d(np.arange(len(network)), large)
    fair = np.random.default_rng(0).choice(others, most - len(large), replace=False)
    return np.sort(np.concatenate([large, fair]))


def grid_of(x: np.ndarray, sight: Sight) -> np.ndarray:
    """(G,) inputs at which the rest of f is known, for samples x (N,): a fine grid, the probes, and (some) samples."""
    reach = WIDENED * (sight.high - sight.low)
    fine = np.linspace(sight.low - reach, sight.high + reach, POINTS)
    some = np.unique(x)[:: -(-len(np.unique(x)) // POINTS)]
    return np.unique(np.concatenate([fine, sight.probe, some]))


def sums_on(grid: Sight, which: np.ndarray, w: np.ndarray, b: np.ndarray, v: np.ndarray, c: np.ndarray) -> np.ndarray:
    """(K, G) f on a grid, the probes of a sight, of those (K,) of some networks w, b, v (F, m), c (F,)."""
    found, breakpoint = np.empty((len(which), len(grid.probe))), np.empty(w.shape[1])
    fill_sums(grid, which, w, b, v, c, breakpoint, found)
    return found


@compiled
def fill_sums(
    grid: Sight,
    which: np.ndarray,
    w: np.ndarray,
    b: np.ndarray,
    v: np.ndarray,
    c: np.ndarray,
    breakpoint: np.ndarray,
    found: np.ndarray,
) -> None:
    """Fill `found` (K, G) for `sums_on`; breakpoint: (m,) scratch."""
    for k in range(len(which)):
        look(w[which[k]], b[which[k]], v[which[k]], c[which[k]], grid, breakpoint, found[k])
