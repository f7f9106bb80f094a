"""Frames in the encoder's colours."""

from itertools import cycle

import numpy as np
import pytest

from pipeline.render.cells import WIDE, cells_of, set_between
from pipeline.render.encoding.yuv import BLUE, GREEN, RED, Planes, planar_size


def planes(frame):
    height, width = frame.shape[:2]
    luma, blue, red = np.split(Planes(width, height).show(frame), [width * height, width * height * 5 // 4])
    return luma.reshape(height, width), *(part.reshape(height // 2, width // 2) for part in (blue, red))


def written_out(frame):
    """Rec. ITU-R BT.709, items 3.2 to 3.5, in limited range."""
    rgb = frame[..., :3].astype(float)
    weights = np.array([RED, GREEN, BLUE])
    mean = rgb.reshape(rgb.shape[0] // 2, 2, rgb.shape[1] // 2, 2, 3).mean(axis=(1, 3))
    luma, mean_luma = rgb @ weights, mean @ weights
    blue, red = ((mean[..., k] - mean_luma) / (2 * (1 - weights[k])) for k in (2, 0))
    return 16 + 219 / 255 * luma, 128 + 224 / 255 * blue, 128 + 224 / 255 * red


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("width", [2, 48, WIDE + 2])  # some are done many at a time, the rest one by one
def test_colours_are_those_of_bt709_to_the_nearest_level(channels, width):
    frame = np.random.default_rng(0).integers(0, 256, (32, width, channels), dtype=np.uint8)
    frame[:2, :2], frame[2:4, :2] = 0, 255
    for ours, exact in zip(planes(frame), written_out(frame), strict=True):
        np.testing.assert_allclose(ours, exact, atol=0.51)


def test_greys_have_no_colour_and_the_ends_of_the_range_are_reached():
    frame = np.zeros((2, 512, 3), np.uint8) + np.repeat(np.arange(256, dtype=np.uint8), 2)[:, None]
    luma, blue, red = planes(frame)
    assert (blue == 128).all()
    assert (red == 128).all()
    assert (luma[0, 0], luma[0, -1]) == (16, 235)
    assert (np.diff(luma[0].astype(int)) >= 0).all()


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("width", [2, WIDE, 2 * WIDE + 2])
@pytest.mark.parametrize("slots", [0, 1, 3])
def test_what_a_slot_has_already_need_not_be_converted_again(width, channels, told, slots):
    rng = np.random.default_rng(0)
    shape = 6, width, channels
    given = [np.empty(planar_size(width, 6), np.uint8) for _ in range(slots)]
    frame, changed = np.zeros(shape, np.uint8), cells_of(width, 6)
    planes = Planes(width, 6, cycle(given) if given else None)
    for k in range(60):
        shown = planes.show(frame, changed if told else None)
        assert not slots or shown is given[k % slots]
        np.testing.assert_array_equal(shown, Planes(width, 6).show(frame))
        row, column, channel = rng.integers(shape)
        frame[row, column, channel % 3] += 1 + rng.integers(255)  # and the array is used again
        changed[:] = False
        set_between(changed, slice(row, row + 1), slice(column, column + 1))
