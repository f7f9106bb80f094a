"""Frames as an encoder takes them that converts them itself."""

from collections.abc import Sequence
from itertools import cycle

import numpy as np


class Copies:
    """Frames as they are; with slots: copied into these arrays in turn. The same use as yuv.Planes."""

    def __init__(self, slots: Sequence[np.ndarray] = ()) -> None:
        self._turns = cycle(slots) if slots else None

    def show(self, frame: np.ndarray, changed: np.ndarray | None = None) -> np.ndarray:
        """The frame, (height, width, 3 or 4) uint8, or the next slot, which holds it then."""
        if self._turns is None:
            return frame
        slot: np.ndarray = next(self._turns)
        slot[:] = frame
        return slot
