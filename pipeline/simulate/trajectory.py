"""A simulated run: the network at every frame."""

from dataclasses import dataclass, field, fields
from os import PathLike

import numpy as np

from pipeline.model.arguments import check_path
from pipeline.model.network import Network
from pipeline.store.arrays import check_shapes, stored

SHAPES = {"t": "F", "w": "Fm", "b": "Fm", "v": "Fm", "c": "F", "loss": "F", "held": "Fm", "x": "N", "y": "N"}


@dataclass(frozen=True)
class Trajectory:
    """A network of m neurons learning N samples, sampled at F times.

    t: (F,) training time; w, b, v: (F, m) parameters; c: (F,) output bias; loss: (F,) ½Σ(f(xₙ) − yₙ)².
    held: (F, m) index into x of the sample at which a neuron's breakpoint is held, −1 where it is free
    (the first row of that x where several share it).
    x, y: (N,) the samples, sorted by x, in the units the network sees.
    outcome: how the run ended, one line.
    forks: (K,) the times at which the flow was not unique, and took one of several ways.
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

    def network(self, frame: int) -> Network:
        """The network at one frame."""
        return Network(self.w[frame], self.b[frame], self.v[frame], self.c[frame])

    def save(self, path: str | PathLike[str]) -> None:
        """Write every field under its name to an .npz file."""
        np.savez(path, **{f.name: getattr(self, f.name) for f in fields(self)})

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "Trajectory":
        """Read what `save` wrote. Raises InputError for any other file."""
        check_path("path", path)
        with stored(path) as arrays:
            found = {f.name: arrays[f.name] for f in fields(cls) if f.name != "forks" or f.name in arrays}
        check_shapes(path, found, SHAPES | ({"forks": "K"} if "forks" in found else {}))
        outcome = str(found.pop("outcome"))
        return cls(**found, outcome=outcome)
