"""Comments in animated pictures for pages are read back, and change nothing of what is seen."""

import numpy as np
import pytest
from PIL import Image, ImageSequence

from pipeline.config.schema.video import VideoConfig
from pipeline.embed.provenance import read_picture, read_webp
from pipeline.errors import EncodingError
from pipeline.render.encoding import apng, webp
from pipeline.render.encoding.container import check_container
from pipeline.render.encoding.formats import FORMATS
from pipeline.render.encoding.sink import VideoSink
from tests.render import clips

READERS = {"webp": read_webp, "apng": read_picture}
COMMENTS = "", "x", "β & <é> \"quoted\" 'once'", "{}" * 40_000


def seen(path):
    with Image.open(path) as picture:
        return [np.array(frame.convert("RGB")) for frame in ImageSequence.Iterator(picture)]


def encoded(path, form, comment, count=3):
    with VideoSink(path, VideoConfig(format=form, width=96, height=64, fps=15), comment=comment) as sink:
        for frame in clips.moving_circle(96, 64, count):
            sink.write(frame)
    return path


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("comment", COMMENTS)
def test_a_comment_is_read_back_and_the_pictures_are_the_same(tmp_path, form, comment):
    suffix = FORMATS[form].suffix
    plain, told = encoded(tmp_path / f"a{suffix}", form, ""), encoded(tmp_path / f"b{suffix}", form, comment)
    assert READERS[form](told) == comment
    np.testing.assert_array_equal(seen(told), seen(plain))
    check_container(told, FORMATS[form], 3, 15)


@pytest.mark.parametrize("form", READERS)
def test_a_single_frame_is_a_whole_clip_too(tmp_path, form):
    path = encoded(tmp_path / f"a{FORMATS[form].suffix}", form, "told", count=1)
    assert READERS[form](path) == "told"
    assert len(seen(path)) == 1


@pytest.mark.parametrize("module", [apng, webp])
def test_what_is_no_such_picture_is_left_alone(tmp_path, module):
    (tmp_path / "a").write_bytes(b"nothing")
    with pytest.raises(EncodingError, match="the encoder wrote no"):
        module.add_comment(tmp_path / "a", "comment")
    assert (tmp_path / "a").read_bytes() == b"nothing"
