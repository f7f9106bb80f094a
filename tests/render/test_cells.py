"""Cells of a frame: those that differ are found, whatever its size, and the others are left alone."""

import numpy as np
import pytest

from pipeline.render.cells import TALL, WIDE, cells_of, keep_differing, restore, set_between, set_in_boxes

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
    keep_differing(frame, ground, cells)
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


def test_boxes_meet_the_cells_of_the_pixels_they_cover():
    width, height = SIZES[-1]
    rng = np.random.default_rng(0)
    for _ in range(50):
        corners = np.sort(rng.uniform(-20, [width + 20, height + 20], (2, 2)), axis=0)
        covered = np.zeros((height, width), dtype=bool)
        x, y = np.arange(width) + 0.5, height - (np.arange(height) + 0.5)  # middles, from the bottom left
        inside = [(corners[0, k] <= places) & (places <= corners[1, k]) for k, places in enumerate((x, y))]
        covered[np.ix_(inside[1], inside[0])] = True
        cells = ~cells_of(width, height)
        set_in_boxes(cells, *(each[None] for each in corners), float(width), float(height))
        assert cells[cells_with(covered)].all()


def test_no_box_meets_no_cell():
    cells = ~cells_of(*SIZES[-1])
    nowhere = np.full((1, 2), np.nan)
    set_in_boxes(cells, np.array([[500.0, 1.0]]), np.array([[600.0, 2.0]]), *map(float, SIZES[-1]))
    set_in_boxes(cells, np.empty((0, 2)), np.empty((0, 2)), *map(float, SIZES[-1]))
    assert not cells.any()
    set_in_boxes(cells, nowhere, nowhere, *map(float, SIZES[-1]))  # may meet some; must not write elsewhere
