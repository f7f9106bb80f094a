"""Frames as the encoder stores them: planar 4:2:0, limited range, BT.709.

Done here, in one pass and to the nearest level: the encoder is spared its own conversion and most of the bytes.
"""

from typing import Any, TypeAlias

import numpy as np

from pipeline.compiled import compiled, inner
from pipeline.render.cells import TALL, WIDE, cells_of, copy, differ

Pixel: TypeAlias = Any  # np.uint32, which Numba widens where a sum needs it

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
    """Frames of one size as the encoder stores them: `data` (planar_size,) uint8 holds Y, then Cb, then Cr."""

    def __init__(self, width: int, height: int) -> None:
        self.data = np.empty(planar_size(width, height), np.uint8)
        self._all = cells_of(width, height)
        self._pixels: np.ndarray | None = None

    def show(self, frame: np.ndarray, changed: np.ndarray | None = None) -> None:
        """Bring `data` to a frame, (height, width, 3 or 4) uint8; what is as in the frame before is left alone.

        changed: the cells that may differ from that, see cells.py; all, if it is not known.
        """
        pixels = as_pixels(frame)
        if self._pixels is None:
            self._pixels, changed = ~pixels, None
        to_planar(pixels, self._pixels, ROWS, self._all if changed is None else changed, self.data)


@compiled
def to_planar(pixels: np.ndarray, before: np.ndarray, rows: np.ndarray, cells: np.ndarray, planes: np.ndarray) -> None:
    """Bring `planes` (planar_size,) uint8, Y then Cb then Cr of the pixels `before`, and those, to `pixels`.

    Both are (height, width) uint32, sides even, a pixel is R + 256 G + 65536 B, its highest byte is not shown; rows:
    ROWS; cells: those outside of which they are equal. To compare is less work than to convert, and from frame to
    frame most of a drawing stands still.
    """
    height, width = pixels.shape
    blue_start = height * width
    red_start = blue_start + blue_start // 4
    for i in range(height // 2):
        for block in range(cells.shape[1]):
            if not cells[2 * i // TALL, block]:
                continue
            start, end = block * WIDE, min((block + 1) * WIDE, width)
            upper, lower = pixels[2 * i, start:end], pixels[2 * i + 1, start:end]
            upper_before, lower_before = before[2 * i, start:end], before[2 * i + 1, start:end]
            if differ(upper, upper_before) or differ(lower, lower_before):
                copy(upper, upper_before)
                copy(lower, lower_before)
                top = planes[2 * i * width + start : 2 * i * width + end]
                bottom = planes[(2 * i + 1) * width + start : (2 * i + 1) * width + end]
                left, right = (i * width + start) // 2, (i * width + end) // 2
                blue, red = planes[blue_start + left : blue_start + right], planes[red_start + left : red_start + right]
                convert(upper, lower, rows, top, bottom, blue, red)


@inner
def convert(
    upper: np.ndarray,
    lower: np.ndarray,
    rows: np.ndarray,
    top: np.ndarray,
    bottom: np.ndarray,
    blue: np.ndarray,
    red: np.ndarray,
) -> None:
    """Y, Cb and Cr of two rows of pixels (n,): top and bottom (n,), blue and red (n / 2,).

    The colour of two by two pixels is that of their mean. Where all four are as the last four equal ones, as on most
    of a drawing, they take over their values.
    """
    known = upper[0]
    y, cb, cr = luma(known, rows), flat(known, rows[1]), flat(known, rows[2])
    for j in range(len(blue)):
        a, b, c, d = upper[2 * j], upper[2 * j + 1], lower[2 * j], lower[2 * j + 1]
        if a == b and b == c and c == d:
            if a != known:
                known = a
                y, cb, cr = luma(a, rows), flat(a, rows[1]), flat(a, rows[2])
            top[2 * j] = top[2 * j + 1] = bottom[2 * j] = bottom[2 * j + 1] = y
            blue[j], red[j] = cb, cr
        else:
            top[2 * j], top[2 * j + 1] = luma(a, rows), luma(b, rows)
            bottom[2 * j], bottom[2 * j + 1] = luma(c, rows), luma(d, rows)
            blue[j], red[j] = chroma(a, b, c, d, rows[1]), chroma(a, b, c, d, rows[2])


@inner
def flat(pixel: Pixel, row: np.ndarray) -> np.uint8:
    """Cb or Cr of equal pixels."""
    return chroma(pixel, pixel, pixel, pixel, row)


@inner
def luma(pixel: Pixel, rows: np.ndarray) -> np.uint8:
    """Y of one pixel."""
    total = rows[0, 0] * (pixel & 255) + rows[0, 1] * (pixel >> 8 & 255) + rows[0, 2] * (pixel >> 16 & 255)
    return np.uint8((total + (16 << BITS) + HALF) >> BITS)


@inner
def chroma(a: Pixel, b: Pixel, c: Pixel, d: Pixel, row: np.ndarray) -> np.uint8:
    """Cb or Cr of the mean of four pixels."""
    red = (a & 255) + (b & 255) + (c & 255) + (d & 255)
    green = (a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255)
    blue = (a >> 16 & 255) + (b >> 16 & 255) + (c >> 16 & 255) + (d >> 16 & 255)
    total = row[0] * red + row[1] * green + row[2] * blue
    return np.uint8((total + (128 << (BITS + 2)) + 4 * HALF) >> (BITS + 2))


def as_pixels(frame: np.ndarray) -> np.ndarray:
    """A frame (height, width, 3 or 4) uint8 as (height, width) uint32: a view where it has four channels."""
    if frame.shape[2] == 3:
        frame = np.concatenate([frame, np.zeros((*frame.shape[:2], 1), np.uint8)], axis=2)
    return frame.view("<u4")[..., 0]
