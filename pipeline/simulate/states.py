"""States of a run that are no trajectory yet."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.model.data import Data
from pipeline.simulate.sampling import losses
from pipeline.simulate.solver.dense_output import Frames


class States(NamedTuple):
    """K states: t, c, loss (K,), w, b, v (K, m), held (K, m) the distinct sample that holds a breakpoint, or −1."""

    t: np.ndarray
    w: np.ndarray
    b: np.ndarray
    v: np.ndarray
    c: np.ndarray
    held: np.ndarray
    loss: np.ndarray

    def at(self, chosen: np.ndarray | slice) -> "States":
        """Some of them, as copies."""
        return States(*(np.array(part[chosen]) for part in self))


def joined(parts: Sequence[States]) -> States:
    """The states of several parts, one after the other."""
    return States(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def recorded(frames: Frames, count: int, data: Data) -> States:
    """Copies of the first `count` frames and their losses, those of one time once."""
    new = np.flatnonzero(np.diff(frames.t[:count], prepend=-np.inf) > 0)
    t, w, b, v, c, held = (np.array(part[:count][new]) for part in frames[:6])
    return States(t, w, b, v, c, held, losses(Frames(t, w, b, v, c, held, frames.plan), data))
