"""Comments in GIF files."""

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import EncodingError
from pipeline.render.encoding.gif import add_comment


@pytest.mark.parametrize("length", [1, 255, 256, 5000])
@pytest.mark.parametrize("colours", [2, 256])
def test_a_comment_is_read_back_and_the_picture_is_the_same(tmp_path, length, colours):
    path, picture = tmp_path / "a.gif", (np.arange(32 * 32).reshape(32, 32) % colours).astype(np.uint8)
    with Image.fromarray(picture) as image:
        image.save(path, comment=b"earlier")  # which makes it a GIF89a
    with Image.open(path) as image:
        before = np.array(image.convert("RGB"))
    add_comment(path, "β" * length)
    with Image.open(path) as image:
        assert image.info["comment"].decode().startswith("β" * length)
        np.testing.assert_array_equal(np.array(image.convert("RGB")), before)


def test_what_is_no_gif_is_left_alone(tmp_path):
    (tmp_path / "a.gif").write_bytes(b"nothing")
    with pytest.raises(EncodingError, match="no GIF89a"):
        add_comment(tmp_path / "a.gif", "comment")
    assert (tmp_path / "a.gif").read_bytes() == b"nothing"
