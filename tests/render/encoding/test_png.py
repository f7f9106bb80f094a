"""Single frames as PNG files."""

from pathlib import Path

import imageio.v3 as imageio
import numpy as np
import pytest

from pipeline.errors import EncodingError
from pipeline.render.encoding.png import stills, write_png
from tests.render import clips

DEV_FULL = Path("/dev/full")


def frame():
    return next(clips.moving_circle(192, 108, 1, channels=4))


def test_png_keeps_pixels_and_comment(tmp_path):
    drawn = frame()
    write_png(tmp_path / "a.png", drawn, comment='{"β": 1}')
    assert imageio.immeta(tmp_path / "a.png")["Comment"] == '{"β": 1}'
    np.testing.assert_array_equal(imageio.imread(tmp_path / "a.png"), drawn[..., :3])


def test_png_that_cannot_be_written(tmp_path):
    with pytest.raises(EncodingError, match="No such file or directory"):
        write_png(tmp_path / "missing" / "a.png", frame())
    if DEV_FULL.exists():
        with pytest.raises(EncodingError, match="No space left on device"):
            write_png(DEV_FULL, frame())
        assert DEV_FULL.is_char_device()


def test_stills_are_whole_when_their_block_ends_and_none_fails_unseen(tmp_path):
    frame = np.full((108, 192, 4), 9, np.uint8)
    with stills(tmp_path, "") as keep:
        for level in (40, 80):
            frame[...] = level
            keep(f"{level}.png", frame)  # the array is drawn over while it is written
    for level in (40, 80):
        assert np.all(imageio.imread(tmp_path / f"{level}.png") == level)
    with pytest.raises(EncodingError, match="No such file"), stills(tmp_path / "missing", "") as keep:
        keep("a.png", frame)
