"""Frames as the encoder stores them: planar 4:2:0, limited range, BT.709.

Done here, to the nearest level, where a frame has changed: the encoder is spared its own conversion and most bytes.
"""

from collections.abc import Iterator
from itertools import repeat

import numpy as np

from pipeline.compiled import compiled, inner
from pipeline.render.cells import TALL, WIDE, cells_of

BITS = 16  # of the fractions below
RED, GREEN, BLUE = 0.2126, 0.7152, 0.0722  # ITU-R BT.709, item 3.2


def _rows() -> np.ndarray:
    """(3, 3) integers: Y, Cb, Cr from R, G, B (0 to 255), times 2**BITS; item 3.3 to 3.5, 8 bits."""
    luma = np.array([RED, GREEN, BLUE])
    blue = (np.array([0, 0, 1]) - luma) / (2 * (1 - BLUE))
    red = (np.array([1, 0, 0]) - luma) / (2 * (1 - RED))
    levels = np.stack([219 * luma, 224 * blue, 224 * red]) / 255
    return np.asarray(np.round(levels * 2**BITS), np.int32)


ROWS = _rows()
HALF = 1 << (BITS - 1)


def planar_size(width: int, height: int) -> int:
    """Bytes of a frame of even sides."""
    return width * height * 3 // 2


class Planes:
    """Frames of one size as the encoder stores them: (planar_size,) uint8, Y, then Cb, then Cr.

    slots: some arrays of that kind that come in turn, of which each frame is put into the next; by default one of its
    own.
    """

    def __init__(self, width: int, height: int, slots: Iterator[np.ndarray] | None = None) -> None:
        self._size = width, height
        self._slots = slots or repeat(np.empty(planar_size(width, height), np.uint8))
        # By its id, a slot, and the cells in which it lacks the last frame.
        self._behind: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def show(self, frame: np.ndarray, changed: np.ndarray | None = None) -> np.ndarray:
        """The next slot, brought to a frame, (height, width, 3 or 4) uint8; what it has already is left alone.

        changed: the cells that may differ from the frame shown before, see cells.py; all, if it is not known.
        """
        for _, behind in self._behind.values():
            behind |= True if changed is None else changed
        slot = next(self._slots)
        _, behind = self._behind.setdefault(id(slot), (slot, cells_of(*self._size)))
        to_planar(as_pixels(frame), ROWS, behind, slot)
        behind[:] = False
        return slot


@compiled
def to_planar(pixels: np.ndarray, rows: np.ndarray, cells: np.ndarray, planes: np.ndarray) -> None:
    """Bring the set cells, (R, C) bool, of `planes` (planar_size,) uint8, Y then Cb then Cr, to `pixels`.

    They are (height, width) uint32, sides even; a pixel is R + 256 G + 65536 B, its highest byte is not shown; rows:
    see ROWS.
    """
    height, width = pixels.shape
    blue_start = height * width
    red_start = blue_start + blue_start // 4
    for i in range(height // 2):
        for block in range(cells.shape[1]):
            if not cells[2 * i // TALL, block]:
                continue
            start, end = block * WIDE, min((block + 1) * WIDE, width)
            left, right = (i * width + start) // 2, (i * width + end) // 2
            upper, lower = pixels[2 * i, start:end], pixels[2 * i + 1, start:end]
            to_luma(upper, rows[0], planes[2 * i * width + start : 2 * i * width + end])
            to_luma(lower, rows[0], planes[(2 * i + 1) * width + start : (2 * i + 1) * width + end])
            to_chroma(upper, lower, rows[1], planes[blue_start + left : blue_start + right])
            to_chroma(upper, lower, rows[2], planes[red_start + left : red_start + right])


# Below, that a sum is cut to 32 bits before it is shifted has the compiler do more of them at a time, which is half as
# fast again.


@inner
def to_luma(pixels: np.ndarray, row: np.ndarray, luma: np.ndarray) -> None:
    """Y (n,) of pixels (n,)."""
    red, green, blue = row[0], row[1], row[2]
    for j in range(len(pixels)):
        pixel = pixels[j]
        total = red * (pixel & 255) + green * (pixel >> 8 & 255) + blue * (pixel >> 16 & 255)
        luma[j] = np.uint8(np.uint32(total + (16 << BITS) + HALF) >> BITS)


@inner
def to_chroma(upper: np.ndarray, lower: np.ndarray, row: np.ndarray, chroma: np.ndarray) -> None:
    """Cb or Cr (n / 2,) of two rows of pixels (n,): of the mean of every two by two of them."""
    red, green, blue = row[0], row[1], row[2]
    for j in range(len(chroma)):
        a, b, c, d = upper[2 * j], upper[2 * j + 1], lower[2 * j], lower[2 * j + 1]
        reds = (a & 255) + (b & 255) + (c & 255) + (d & 255)
        greens = (a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255)
        blues = (a >> 16 & 255) + (b >> 16 & 255) + (c >> 16 & 255) + (d >> 16 & 255)
        total = red * reds + green * greens + blue * blues
        chroma[j] = np.uint8(np.uint32(total + (128 << (BITS + 2)) + 4 * HALF) >> (BITS + 2))


def as_pixels(frame: np.ndarray) -> np.ndarray:
    """A frame (height, width, 3 or 4) uint8 as (height, width) uint32: a view where it has four channels."""
    if frame.shape[2] == 3:
        frame = np.concatenate([frame, np.zeros((*frame.shape[:2], 1), np.uint8)], axis=2)
    return frame.view("<u4")[..., 0]
