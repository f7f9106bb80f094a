"""Frames as an encoder takes them that converts them itself."""

from collections.abc import Iterator

import numpy as np


class Copies:
    """Frames as they are; with slots: copied into the next of these arrays. The same use as yuv.Planes."""

    def __init__(self, slots: Iterator[np.ndarray] | None = None) -> None:
        self._slots = slots

    def show(self, frame: np.ndarray, changed: np.ndarray | None = None) -> np.ndarray:
        """The frame, (height, width, 3 or 4) uint8, or the next slot, which holds it then."""
        if self._slots is None:
            return frame
        slot = next(self._slots)
        slot[:] = frame
        return slot
