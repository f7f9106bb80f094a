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
def set_differing(frame: np.ndarray, ground: np.ndarray, cells: np.ndarray) -> None:
    """Set of the cells, (R, C) bool, those in which two frames, (height, width) uint32, differ, and no others."""
    height, width = frame.shape
    rows, columns = cells.shape
    for i in range(rows):
        for j in range(columns):
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
