"""An encoder that ends with exit code 0 is believed only as far as its file goes."""

import shutil

import numpy as np
import pytest
from hypothesis import given, settings as trials, strategies as st

from pipeline.config.schema.video import VideoConfig
from pipeline.errors import EncodingError
from pipeline.render.encoding.container import check_container
from pipeline.render.encoding.formats import FORMATS
from pipeline.render.encoding.sink import VideoSink
from tests.render import clips

WIDTH, HEIGHT, COUNT = 96, 64, 9
SINGLE = [name for name in FORMATS if FORMATS[name].suffix]


def encoded(place, name, count=COUNT, command=None):
    config = VideoConfig(width=WIDTH, height=HEIGHT, fps=15, format=name, timeout=20.0)
    with VideoSink(place, config, command=command) as sink:
        for frame in clips.moving_circle(WIDTH, HEIGHT, count):
            sink.write(frame)
    return place


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """By format, a video of COUNT frames."""
    folder = tmp_path_factory.mktemp("whole")
    return {name: encoded(folder / f"{name}{FORMATS[name].suffix}", name) for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("frames", [COUNT - 1, COUNT + 1])
def test_a_video_of_another_number_of_frames_is_refused(whole, name, frames):
    check_container(whole[name], FORMATS[name], COUNT, 15)
    with pytest.raises(EncodingError, match=f"{COUNT} of {frames} frames|is not whole"):
        check_container(whole[name], FORMATS[name], frames, 15)


@pytest.mark.parametrize("name", SINGLE)
@trials(max_examples=25, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_off_anywhere_is_refused(whole, tmp_path_factory, name, share):
    data = whole[name].read_bytes()
    cut = tmp_path_factory.mktemp("cut") / whole[name].name
    cut.write_bytes(data[: int(share * len(data))])
    with pytest.raises(EncodingError, match="ended as if all were well, but"):
        check_container(cut, FORMATS[name], COUNT, 15)


@pytest.mark.parametrize("number", [0, COUNT // 2, COUNT - 1])
@pytest.mark.parametrize("mend", [lambda file: file.unlink(), lambda file: file.write_bytes(file.read_bytes()[:-1])])
def test_a_sequence_with_a_picture_missing_or_cut_off_is_refused(whole, tmp_path, number, mend):
    folder = shutil.copytree(whole["frames"], tmp_path / "frames")
    mend(folder / f"frame_{number:05d}.png")
    with pytest.raises(EncodingError, match=rf"frame_{number:05d}\.png is not whole"):
        check_container(folder, FORMATS["frames"], COUNT, 15)


WRITTEN = {
    "nothing": "",
    "an empty file": ': > "$target"',
    "garbage": 'head -c 5000 {garbage} > "$target"',
    "the beginning of a video": 'head -c 700 {whole} > "$target"',
    "garbage after the beginning": '{{ head -c 700 {whole}; cat {garbage}; }} > "$target"',
    "another video": 'cat {other} > "$target"',
}


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize("what", WRITTEN)
def test_what_an_encoder_without_a_complaint_left_is_not_published(whole, tmp_path, name, what):
    places = {"garbage": tmp_path / "garbage", "other": tmp_path / f"other{FORMATS[name].suffix}"}
    places["garbage"].write_bytes(np.random.default_rng(0).bytes(20_000))
    encoded(places["other"], name, COUNT // 2)
    script = WRITTEN[what].format(whole=whole[name], **places)
    target = tmp_path / f"a{FORMATS[name].suffix}"
    liar = ["/bin/sh", "-c", f"for target; do :; done\ncat > /dev/null\n{script}\nexit 0", "fake"]
    with pytest.raises(EncodingError, match=r"all were well, but (wrote|a\.(gif|png) is not whole)") as error:
        encoded(target, name, command=liar)
    assert "\n" not in str(error.value)
    assert not target.exists()
