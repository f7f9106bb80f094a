"""A simulated run: the network at every frame."""

from dataclasses import dataclass, field, fields
from os import PathLike
from typing import Any

import numpy as np

from pipeline.console.card import FAINT, Sketch, card
from pipeline.console.figures import figures
from pipeline.errors import InputError
from pipeline.model.arguments import check_path
from pipeline.model.network import Network
from pipeline.simulate.loss import LOSSES, SQUARED
from pipeline.simulate.rest import Rest, from_arrays, to_arrays
from pipeline.store.arrays import check_shapes, stored

# Of a sketch: what is beyond the samples, as a share of their range; at how many inputs f is evaluated; the most
# values of neurons in all, which take memory.
MARGIN, POINTS, MOST = 0.08, 241, 20_000_000
PLAIN = {"outcome": str, "inactive": float, "loss_name": str}  # fields that are no arrays
LATER = "forks", "inactive", "loss_name", "rest"  # fields that files of earlier versions have not
SHAPES = {"t": "F", "w": "Fm", "b": "Fm", "v": "Fm", "c": "F", "loss": "F", "held": "Fm", "x": "N", "y": "N"}


@dataclass(frozen=True)
class Trajectory:
    """A network of m neurons learning N samples, sampled at F times.

    t: (F,) training time; w, b, v: (F, m) parameters; c: (F,) output bias; loss: (F,) Σ of the loss.
    held: (F, m) index into x of the sample at which a neuron's breakpoint is held, −1 where it is free
    (the first row of that x where several share it).
    x, y: (N,) the samples, sorted by x, in the units the network sees.
    outcome: how the run ended, one line.
    forks: (K,) the times at which the flow was not unique, and took one of several ways.
    inactive: the slope of inactive neurons, 0 of the ReLU (model/activation.py); loss_name: of what `loss` is the sum
    over the rows, "squared" being ½(f(xₙ) − yₙ)² (loss.py).
    rest: of very many neurons w, b, v and held may tell of m only; this is what all others add to f.
    """

    t: np.ndarray
    w: np.ndarray
    b: np.ndarray
    v: np.ndarray
    c: np.ndarray
    loss: np.ndarray
    held: np.ndarray
    x: np.ndarray
    y: np.ndarray
    outcome: str = ""
    forks: np.ndarray = field(default_factory=lambda: np.zeros(0))
    inactive: float = 0.0
    loss_name: str = SQUARED
    rest: Rest | None = None

    @property
    def neurons(self) -> int:
        """How many the network has, told of or not."""
        return int(self.w.shape[1]) + (self.rest.neurons if self.rest else 0)

    def network(self, frame: int) -> Network:
        """The network at one frame. Raises InputError where not all of its neurons are told of."""
        if self.rest:
            raise InputError(f"the run: tells of {self.w.shape[1]} of its {self.neurons} neurons; ask for its spline")
        return self._told(frame)

    def _told(self, frame: int) -> Network:
        return Network(self.w[frame], self.b[frame], self.v[frame], self.c[frame], self.inactive)

    def __repr__(self) -> str:
        counts = f"{self.neurons} neurons, {len(self.x)} samples, {len(self.t)} moments"
        return f"Trajectory({counts}, t = {_from_to(self.t)}, loss {_from_to(self.loss)})"

    def _repr_html_(self) -> str:
        """For notebooks: facts, and the function at both ends with the samples."""
        low, high = self.x[0], self.x[-1]
        margin = MARGIN * (high - low or 1.0)
        x = np.linspace(low - margin, high + margin, min(POINTS, max(MOST // self.w.shape[1], 9)))
        first, last = (self._told(k).evaluate(x) + (self.rest.at(k, x) if self.rest else 0.0) for k in (0, -1))
        sketch = Sketch(x[0], x[-1], np.concatenate([self.y, last]), "the function at the start and the end")
        sketch.curve(x, first, FAINT)
        sketch.curve(x, last)
        sketch.dots(self.x, self.y)
        facts = {
            "neurons": str(self.neurons),
            "samples": str(len(self.x)),
            "moments": str(len(self.t)),
            "t": _from_to(self.t),
            "loss": _from_to(self.loss),
            "outcome": self.outcome or "not told",
        }
        return card("Trajectory", facts, sketch.svg())

    def save(self, path: str | PathLike[str]) -> None:
        """Write every field under its name to an .npz file."""
        parts = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "rest"}
        np.savez(path, **parts, **to_arrays(self.rest))

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "Trajectory":
        """Read what `save` wrote. Raises InputError for any other file."""
        check_path("path", path)
        with stored(path) as arrays:
            found: dict[str, Any] = {
                f.name: arrays[f.name] for f in fields(cls) if f.name in arrays or f.name not in LATER
            }
            rest = from_arrays(path, arrays)
        later = {name: letters for name, letters in {"forks": "K", "inactive": ""}.items() if name in found}
        check_shapes(path, found, SHAPES | later)
        found |= {name: kind(found[name]) for name, kind in PLAIN.items() if name in found}
        if found.get("loss_name", SQUARED) not in LOSSES:
            known = f"there are {', '.join(LOSSES)}"
            raise InputError(f"{path}: loss_name = {found['loss_name']!r:.40}: is not known; {known}")
        return cls(**found, rest=rest)


def _from_to(values: np.ndarray) -> str:
    return f"{figures(values[0], 3)} to {figures(values[-1], 3)}"
