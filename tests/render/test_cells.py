"""Cells of a frame: those that differ are found, whatever its size, and the others are left alone."""

import numpy as np
import pytest

from pipeline.render.cells import TALL, WIDE, cells_of, restore, set_between, set_differing

SIZES = [(2, 2), (WIDE, TALL), (2 * WIDE + 2, 3 * TALL - 2)]


def frames_of(width, height, seed):
    """Two frames that differ in a few pixels, and (height, width) where."""
    rng = np.random.default_rng(seed)
    ground = rng.integers(2**32, size=(height, width), dtype=np.uint32)
    differ = rng.random(ground.shape) < 2 / ground.size
    return (
        np.where(differ, ground ^ (1 << rng.integers(32, size=ground.shape, dtype=np.uint32)), ground),
        ground,
        differ,
    )


def cells_with(differ):
    """The cells that have any of some pixels."""
    cells = ~cells_of(*differ.shape[::-1])
    for row, column in np.argwhere(differ):
        cells[row // TALL, column // WIDE] = True
    return cells


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", range(5))
def test_the_cells_that_differ_are_found_and_brought_back(size, seed):
    frame, ground, differ = frames_of(*size, seed)
    cells = cells_of(*size)
    set_differing(frame, ground, cells)
    np.testing.assert_array_equal(cells, cells_with(differ))
    restore(frame, ground, cells)
    np.testing.assert_array_equal(frame, ground)


@pytest.mark.parametrize("seed", range(5))
def test_only_set_cells_are_brought_back(seed):
    frame, ground, _ = frames_of(*SIZES[-1], seed)
    before = frame.copy()
    restore(frame, ground, ~cells_of(*SIZES[-1]))
    np.testing.assert_array_equal(frame, before)


@pytest.mark.parametrize("size", SIZES)
def test_cells_between_are_those_of_the_pixels(size):
    width, height = size
    rng = np.random.default_rng(0)
    for _ in range(20):
        rows, columns = (slice(*np.sort(rng.choice(side + 1, 2, replace=False))) for side in (height, width))
        inside = np.zeros((height, width), dtype=bool)
        inside[rows, columns] = True
        cells = ~cells_of(*size)
        set_between(cells, rows, columns)
        np.testing.assert_array_equal(cells, cells_with(inside))
