"""What is left of a run of very many neurons when only some of them are told of: what all others add to f."""

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Any

import numpy as np

from pipeline.store.arrays import check_shapes

CROWD, TOLD = 200_000, 20_000  # neurons from which on a run that is shown tells of some, and of how many
SHAPES = {"t": "F", "rest_neurons": "", "rest_x": "G", "rest_f": "FG"}


@dataclass(frozen=True)
class Rest:
    """What neurons that are not told of add to f.

    neurons: how many they are; x: (G,) ascending; f: (F, G) at every moment, straight between and beyond.
    """

    neurons: int
    x: np.ndarray
    f: np.ndarray

    def at(self, frame: int, x: np.ndarray) -> np.ndarray:
        """What they add at x (P,) in one frame: (P,)."""
        k = np.clip(np.searchsorted(self.x, x) - 1, 0, len(self.x) - 2)
        f, gap = self.f[frame], self.x[k + 1] - self.x[k]
        return np.asarray(f[k] + (f[k + 1] - f[k]) / gap * (x - self.x[k]))


def to_arrays(rest: Rest | None) -> dict[str, Any]:
    """By name, what a file of a run keeps of its rest: nothing where there is none."""
    return {} if rest is None else {"rest_neurons": rest.neurons, "rest_x": rest.x, "rest_f": rest.f}


def from_arrays(path: str | PathLike[str], arrays: Mapping[str, np.ndarray]) -> Rest | None:
    """What `to_arrays` has put into a file. Raises InputError for anything else under its names."""
    if "rest_f" not in arrays:
        return None
    found = {name: arrays[name] for name in SHAPES}
    check_shapes(path, found, SHAPES)
    return Rest(int(found["rest_neurons"]), found["rest_x"], found["rest_f"])
