"""Frames in the encoder's colours."""

import numpy as np
import pytest

from pipeline.render.cells import WIDE, cells_of, set_between
from pipeline.render.encoding.yuv import BLUE, GREEN, RED, Planes


def planes(frame):
    height, width = frame.shape[:2]
    made = Planes(width, height)
    made.show(frame)
    luma, blue, red = np.split(made.data, [width * height, width * height * 5 // 4])
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
@pytest.mark.parametrize("flat", [False, True])
def test_colours_are_those_of_bt709_to_the_nearest_level(channels, flat):
    rng = np.random.default_rng(0)
    frame = rng.integers(0, 256, (32, 48, channels), dtype=np.uint8)
    if flat:  # patches of equal pixels, which take another way
        frame = np.ascontiguousarray(np.repeat(np.repeat(frame[::4, ::4], 4, axis=0), 4, axis=1))
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
def test_what_is_as_in_the_frame_before_need_not_be_converted_again(width, channels, told):
    rng = np.random.default_rng(0)
    shape = 6, width, channels
    frame, planes, changed = np.zeros(shape, np.uint8), Planes(width, 6), cells_of(width, 6)
    for _ in range(60):
        planes.show(frame, changed if told else None)
        whole = Planes(width, 6)
        whole.show(frame)
        np.testing.assert_array_equal(planes.data, whole.data)
        row, column, channel = rng.integers(shape)
        frame[row, column, channel % 3] += 1 + rng.integers(255)  # and the array is used again
        changed[:] = False
        set_between(changed, slice(row, row + 1), slice(column, column + 1))
