"""Which parts of a frame may differ from the frame before: a grid of cells, as most of a drawing stands still."""

import numpy as np

from pipeline.compiled import compiled, inner

TALL, WIDE = 4, 64  # of a cell, px; even


def cells_of(width: int, height: int) -> np.ndarray:
    """(⌈height / TALL⌉, ⌈width / WIDE⌉) bool, all true: the cells of a frame of which nothing is known."""
    return np.ones((-(-height // TALL), -(-width // WIDE)), dtype=np.bool_)


def set_between(cells: np.ndarray, rows: slice, columns: slice) -> None:
    """Set the cells that some rows and columns of pixels, neither none, are in."""
    down, across = (slice(part.start // size, -(-part.stop // size)) for part, size in ((rows, TALL), (columns, WIDE)))
    cells[down, across] = True


@compiled
def set_in_boxes(cells: np.ndarray, low: np.ndarray, high: np.ndarray, width: float, height: float) -> None:
    """Set the cells, (R, C) bool, of a frame that K boxes meet, between the corners low and high, (K, 2).

    In px from the bottom left, as Matplotlib has them, while cells count from the top. Boxes of NaN meet none.
    """
    for k in range(len(low)):
        left, right = max(low[k, 0], 0.0), min(high[k, 0], width - 1.0)
        top, bottom = max(height - high[k, 1], 0.0), min(height - low[k, 1], height - 1.0)
        if left <= right and top <= bottom:
            for i in range(int(top) // TALL, int(bottom) // TALL + 1):
                for j in range(int(left) // WIDE, int(right) // WIDE + 1):
                    cells[i, j] = True


@compiled
def keep_differing(frame: np.ndarray, ground: np.ndarray, cells: np.ndarray) -> None:
    """Unset those of the cells, (R, C) bool, in which two frames, (height, width) uint32, are the same."""
    height, width = frame.shape
    rows, columns = cells.shape
    for i in range(rows):
        for j in range(columns):
            if not cells[i, j]:
                continue
            left, right = j * WIDE, min((j + 1) * WIDE, width)
            differing = False
            for row in range(i * TALL, min((i + 1) * TALL, height)):
                differing |= differ(frame[row, left:right], ground[row, left:right])
            cells[i, j] = differing


@compiled
def restore(frame: np.ndarray, ground: np.ndarray, cells: np.ndarray) -> None:
    """Copy the pixels of the set cells, (R, C) bool, from `ground` into `frame`, both (height, width) uint32."""
    height, width = frame.shape
    rows, columns = cells.shape
    for i in range(rows):
        for j in range(columns):
            if cells[i, j]:
                left, right = j * WIDE, min((j + 1) * WIDE, width)
                for row in range(i * TALL, min((i + 1) * TALL, height)):
                    copy(ground[row, left:right], frame[row, left:right])


@inner
def differ(some: np.ndarray, others: np.ndarray) -> bool:
    """Whether two rows of pixels are not the same; without a way out early, so that it is done many at a time."""
    bits = np.uint32(0)
    for j in range(len(some)):
        bits |= some[j] ^ others[j]
    return bool(bits != 0)


@inner
def copy(pixels: np.ndarray, target: np.ndarray) -> None:
    """A row of pixels; NumPy's assignment would allocate."""
    for j in range(len(pixels)):
        target[j] = pixels[j]
