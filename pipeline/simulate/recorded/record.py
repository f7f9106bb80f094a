"""What was recorded of a run, checked: every complaint names the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.sources import LARGEST

WEIGHTS = "w", "b", "v"
FEWEST = 2


@dataclass(frozen=True)
class Record:
    """R records of a network of m neurons.

    t: (R,) any times, ascending from 0 or later; w, b, v: (R, m); c: (R,).
    loss: (R,) and held: (R, m), as of a Trajectory, and x, y: (N,), the samples, where they are known.
    name: what messages call it; files: by path, SHA-256 of what was read.
    Raises InputError, with the name and the record, where shapes disagree, times fall or a number is not finite, or so
    large that nothing can be computed of it.
    """

    t: np.ndarray
    w: np.ndarray
    b: np.ndarray
    v: np.ndarray
    c: np.ndarray
    loss: np.ndarray | None = None
    held: np.ndarray | None = None
    x: np.ndarray | None = None
    y: np.ndarray | None = None
    name: str = "the record"
    files: Mapping[str, str] = field(default_factory=dict)
    forks: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        self._check_times()
        for key in (*WEIGHTS, "c", "loss", "held"):
            array = getattr(self, key)
            if array is not None:
                object.__setattr__(self, key, self._shaped(key, np.asarray(array)))
        for key in (*WEIGHTS, "c", "loss"):
            self._check_finite(key, getattr(self, key))
        self._check_samples()
        self._check_forks()

    def __len__(self) -> int:
        return len(self.t)

    @property
    def neurons(self) -> int:
        """m."""
        return int(self.w.shape[1])

    def _check_times(self) -> None:
        t = np.asarray(self.t)
        if t.ndim != 1 or t.dtype.kind not in "fiu":
            raise InputError(f"{self.name}: t is an array of {t.dtype} of shape {t.shape}; give a time per record")
        if len(t) < FEWEST:
            raise InputError(f"{self.name}: has {len(t)} record{'s' * (len(t) != 1)}; give at least {FEWEST}")
        t = t.astype(float)
        object.__setattr__(self, "t", t)
        self._check_finite("t", t)
        if t[0] < 0:
            raise InputError(f"{self.name}, record 0: t = {t[0]:g} is negative; give times from 0 on")
        fall = np.flatnonzero(np.diff(t) <= 0)
        if len(fall):
            k = fall[0] + 1
            raise InputError(f"{self.name}, record {k}: t = {t[k]:g} comes after {t[k - 1]:g}; give ascending times")

    def _shaped(self, key: str, array: np.ndarray) -> np.ndarray:
        """An array as (R, m), or (R,) for what has one number a record, as floats (held: as whole numbers)."""
        rows, single = len(self.t), key in ("c", "loss")
        width = 1 if single else (self.w.size // rows if key != "w" else array.size // rows)
        whole = "whole numbers, " if key == "held" else ""
        fits = array.shape[:1] == (rows,) and array.size == rows * width > 0
        fits = fits and array.dtype.kind in ("iu" if whole else "fiu")
        if not fits or max(array.shape[1:], default=1) != width:
            wanted = f"({rows},)" if single else f"({rows}, {width if key != 'w' else 'm'})"
            what = f"{key} is an array of {array.dtype} of shape {array.shape}"
            raise InputError(f"{self.name}: {what}; give {whole}{wanted}, a row for every one of the {rows} times")
        shaped: np.ndarray = array.reshape(rows, width).astype(np.int32 if key == "held" else float)
        return shaped[:, 0] if single else shaped

    def _check_finite(self, key: str, array: Any) -> None:
        bad = np.argwhere(~(np.abs([] if array is None else array) <= LARGEST))
        if len(bad):
            place = tuple(bad[0].tolist())
            neuron = "".join(f" of neuron {column}" for column in place[1:])
            words = "leave out what comes after the run broke down"
            raise InputError(f"{self.name}, record {place[0]}: {key}{neuron} is {array[place]:g}; {words}")

    def _check_samples(self) -> None:
        if (self.x is None) != (self.y is None):
            there, missing = ("y", "x") if self.x is None else ("x", "y")
            raise InputError(f"{self.name}: has {there} and no {missing}; give both or none")

    def _check_forks(self) -> None:
        if np.ndim(self.forks) != 1 or np.asarray(self.forks).dtype.kind not in "fiu":
            raise InputError(f"{self.name}: forks is no list of times; give those of the run's forks, or leave it out")
