"""A recorder for a training loop of one's own, in whatever library."""

import math
import os
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.arguments import check_path, numbers
from pipeline.model.data import Data
from pipeline.model.layers import as_numpy, network_of, own_network
from pipeline.model.sources import LARGEST
from pipeline.simulate.recorded.kept import PROBES, least_lost, outputs, view_of
from pipeline.simulate.recorded.record import Record
from pipeline.simulate.recorded.replay import replayed
from pipeline.simulate.trajectory import Trajectory
from pipeline.store.atomic import put_in_place

NUMBERS = 2_000_000  # of weights held at most, in double precision: 16 MB
MOST, FEWEST = 4000, 16  # records kept


class Recorder:
    """Records a run under way: call it at any of its steps, with the time and the weights or the module that has them.

    `rec = Recorder(x, y)`; `rec(t, w, b, v)` or `rec(t, w, b, v, c)` with the weights of f(x) = c + Σ v max(wx + b, 0);
    `rec(t, module)` with anything that has two linear layers around a ReLU: a module of PyTorch or Keras, parameters of
    Flax or Equinox, a state dict, nested dicts or lists of arrays. t: ascending from 0 or later: times, steps, epochs.
    Then `rec.save("run.npz")`, or `rec.trajectory`, the Trajectory for `film`, `explore`, `project`.

    However often it is called, it holds at most 2K rows of 3m + 2 numbers: every call adds one row, and one that fills
    the last leaves K, the first and the newest among them. K is NUMBERS / (6m + 4), from FEWEST to MOST, so that they
    take 16 MB up to 20,000 neurons. Of K calls in a row only the last has work to do that grows, with K, and so a
    call takes the same time on average however many there are. What goes is what is seen least: rows whose breakpoints
    and f lie nearest to what their neighbours make of them, by weights that change evenly in between.

    Raises InputError for samples that are none; called, for times that fall, weights that are not finite or of another
    number, and for modules of other layers.
    """

    def __init__(self, x: Any, y: Any):
        x, y = (as_numpy(part).squeeze() if hasattr(part, "shape") else part for part in (x, y))
        self._data = Data(x, y)
        self._view = view_of(self._data.x, self._data.y)
        self._rows, self._values, self._slack = np.empty((0, 5)), np.empty((0, PROBES)), np.empty(0)
        self._count = self._looked_at = self.calls = 0

    def __call__(self, t: float, w: Any, b: Any = None, v: Any = None, c: Any = 0.0) -> None:
        """Record the state at time t: w, b, v (m,) and c, or in place of w what has them."""
        try:
            weights = self._found(w) if b is None and v is None else _given(w=w, b=b, v=v, c=c)
            self._take(*_given(t=t), *weights)
        except InputError as error:
            raise InputError(f"record {self.calls}: {error}") from None
        self.calls += 1

    def __len__(self) -> int:
        """How many records it holds."""
        return self._count

    def __repr__(self) -> str:
        return f"Recorder({len(self._data)} samples, {self.calls} calls, {self._count} records held)"

    @property
    def nbytes(self) -> int:
        """Of the memory that its records take."""
        return self._rows.nbytes + self._values.nbytes + self._slack.nbytes

    @property
    def trajectory(self) -> Trajectory:
        """The run so far. Raises InputError before the second call."""
        rows = self._rows[: self._count]
        t, w, b, v, c = np.split(rows, np.cumsum([1, *[(rows.shape[1] - 2) // 3] * 3]), axis=1)
        name = f"the recorder, of {self.calls} calls"
        return replayed(Record(t[:, 0], w, b, v, c[:, 0], x=self._data.x, y=self._data.y, name=name), self._data)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the run so far to an .npz file, for dynamics=recorded dynamics.path=FILE and Trajectory.load.

        Raises InputError before the second call, and where it cannot be written: what stood there then stands still.
        """
        check_path("path", path)
        run, name = self.trajectory, os.fspath(path)
        try:
            with put_in_place(Path(name if name.endswith(".npz") else f"{name}.npz")) as aside:
                run.save(aside)
        except OSError as error:
            raise InputError(f"{name}: {error.strerror}; give a file in a folder that can be written") from None

    @staticmethod
    def _found(held: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        network = network_of(held)
        return network.w, network.b, network.v, np.array([network.c])

    def _take(self, t: np.ndarray, w: np.ndarray, b: np.ndarray, v: np.ndarray, c: np.ndarray) -> None:
        if len(t) != 1:
            raise InputError(f"t has {len(t)} values; give one time")
        if not self._count:
            own_network({"w": w, "b": b, "v": v, "c": c})  # says what is wrong with the first
            self._make_room(len(w))
        if not len(w) == len(b) == len(v) == self._neurons or len(c) != 1:
            sizes = f"{len(w)}, {len(b)}, {len(v)} and {len(c)} values"
            raise InputError(f"w, b, v and c have {sizes}; give {self._neurons} of each and one c, as before")
        row = self._rows[self._count]
        row[0], row[-1] = t[0], c[0]
        m = self._neurons
        row[1 : m + 1], row[m + 1 : 2 * m + 1], row[2 * m + 1 : -1] = w, b, v
        self._check(row)
        self._slack[self._count] = 0.0
        self._count += 1
        if self._count == len(self._rows):
            self._thin()

    def _make_room(self, neurons: int) -> None:
        kept = int(min(max(NUMBERS / (6 * neurons + 4), FEWEST), MOST))
        self._neurons = neurons
        self._rows, self._slack = np.empty((2 * kept, 3 * neurons + 2)), np.empty(2 * kept)
        self._values = np.empty((2 * kept, PROBES))  # f of those rows that have been looked at

    def _check(self, row: np.ndarray) -> None:
        if not abs(float(row.sum())) <= LARGEST and not (np.abs(row) <= LARGEST).all():
            place = int(np.flatnonzero(~(np.abs(row) <= LARGEST))[0])
            kind, neuron = divmod(place - 1, self._neurons)
            name = "t" if place == 0 else "c" if kind == 3 else f"{'wbv'[kind]} of neuron {neuron}"
            raise InputError(f"{name} is {row[place]:g}; stop recording where the run breaks down")
        if row[0] < 0:
            raise InputError(f"t = {row[0]:g} is negative; give times from 0 on")
        before = self._rows[self._count - 1, 0] if self._count else -math.inf
        if row[0] <= before:
            raise InputError(f"t = {row[0]:g} comes after {before:g}; give ascending times")

    def _thin(self) -> None:
        """Leave half of the rows."""
        self._values[self._looked_at :] = outputs(self._rows[self._looked_at :], self._view.probes)
        kept, slack = least_lost(self._rows, self._values, self._slack, len(self._rows) // 2, self._view)
        self._count = self._looked_at = len(kept)
        self._rows[: len(kept)], self._values[: len(kept)] = self._rows[kept], self._values[kept]
        self._slack[: len(kept)] = slack


def _given(**values: Any) -> list[np.ndarray]:
    """Arguments as vectors. Raises InputError, with the name, for one that is missing, or no numbers."""
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise InputError(f"there is no {missing[0]}; give t, w, b and v, or t and what has two linear layers")
    return [_flat(name, value) for name, value in values.items()]


def _flat(name: str, values: Any) -> np.ndarray:
    array = as_numpy(values) if hasattr(values, "shape") else values
    known = isinstance(array, np.ndarray) and array.dtype.kind == "f"  # most are: what else there is takes longer
    return np.ravel(array if known else numbers(name, array))
