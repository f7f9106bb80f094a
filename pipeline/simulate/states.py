"""States of a run that are no trajectory yet."""

from typing import NamedTuple

import numpy as np


class States(NamedTuple):
    """K states: t, c, loss (K,), w, b, v (K, m), held (K, m) the distinct sample that holds a breakpoint, or −1.

    rest: (K, G) what neurons that are not among them add to f, at the probes first (rest.py); G = 0 where all are.
    """

    t: np.ndarray
    w: np.ndarray
    b: np.ndarray
    v: np.ndarray
    c: np.ndarray
    held: np.ndarray
    loss: np.ndarray
    rest: np.ndarray

    def at(self, chosen: np.ndarray | slice) -> "States":
        """Some of them, as copies."""
        return States(*(np.array(part[chosen]) for part in self))


def first_of_each_time(t: np.ndarray) -> np.ndarray:
    """(K,) which of the times t (F,), ascending, are the first of those that are equal."""
    return np.flatnonzero(np.diff(t, prepend=-np.inf) > 0)


def joined(parts: list[States]) -> States:
    """The states of several parts, one after the other; `parts` is emptied on the way, as wide networks fill memory."""
    columns = [list(column) for column in zip(*parts, strict=True)]
    parts.clear()
    return States(*(np.concatenate(columns.pop(0)) for _ in range(len(columns))))
