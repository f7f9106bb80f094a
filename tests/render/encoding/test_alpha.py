"""Overlays: what is decoded lies over any ground as if it had been drawn there."""

import imageio.v3 as imageio
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.video import VideoConfig
from pipeline.render.encoding.png import write_png
from pipeline.render.encoding.sink import VideoSink
from pipeline.render.scene.scene import Scene
from tests.conftest import composed
from tests.render.clips import ffmpeg
from tests.render.runs import FRAMES, awkward_run, film_of

WIDTH, HEIGHT = 640, 360
DECODERS = {"mov": (), "webm_alpha": ("-c:v", "libvpx-vp9")}  # ffmpeg's own decoder of VP9 leaves alpha out
SUFFIXES = {"mov": "mov", "webm_alpha": "webm"}


def scene_in(theme, transparent):
    return Scene([film_of(*awkward_run())], SceneConfig(), theme, WIDTH, HEIGHT, transparent=transparent)


def over(frame, ground):
    """A frame (…, 4) of straight alpha over a colour, each channel from 0 to 255: (…, 3)."""
    cover = frame[..., 3:] / 255
    return cover * frame[..., :3] + (1 - cover) * np.asarray(ground, float)


@pytest.fixture(scope="module", params=["light", "dark", "print"])
def theme(request):
    return composed(f"theme={request.param}").theme


def test_a_transparent_frame_over_the_ground_is_the_opaque_one(theme):
    clear, opaque = scene_in(theme, True), scene_in(theme, False)
    ground = 255 * np.array(to_rgb(theme.background))
    for k in (0, 4, FRAMES - 1):
        frame, expected = clear.frame(k), opaque.frame(k)
        assert (frame[..., 3] == 0).mean() > 0.5
        assert (frame[..., 3] == 255).any()
        assert (expected[..., 3] == 255).all()
        assert np.abs(over(frame, ground) - expected[..., :3]).max() <= 4  # rounded once for every layer


def test_fast_transparent_frames_equal_plain_ones(theme):
    fast, plain = scene_in(theme, True), scene_in(theme, True)
    for k in (0, 5, FRAMES - 1, 2):
        np.testing.assert_array_equal(fast.frame(k), plain.still(k))


@pytest.fixture(scope="module")
def frames():
    scene = scene_in(composed().theme, True)
    return [scene.frame(k).copy() for k in range(FRAMES)]


def encoded(path, form, frames):
    with VideoSink(path, VideoConfig(format=form, width=WIDTH, height=HEIGHT, fps=10, crf=10), comment="β") as sink:
        for frame in frames:
            sink.write(frame)
    return path


@pytest.mark.parametrize("form", DECODERS)
@pytest.mark.parametrize("ground", [(255, 255, 255), (200, 220, 120)])
def test_a_decoded_overlay_lies_over_a_colour_as_drawn(tmp_path, frames, form, ground):
    path = encoded(tmp_path / f"a.{SUFFIXES[form]}", form, frames)
    colours = "scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd+full_chroma_int,format=rgba"
    data, _ = ffmpeg("-v", "error", *DECODERS[form], "-i", path, "-vf", colours, "-f", "rawvideo", "-")
    shown = np.frombuffer(data, np.uint8).reshape(FRAMES, HEIGHT, WIDTH, 4)
    for frame, decoded in zip(frames, shown, strict=True):
        error = over(decoded, ground) - over(frame, ground)
        assert np.sqrt(np.mean(error**2)) < {"mov": 1.0, "webm_alpha": 4.0}[form]
        assert np.abs(decoded[..., 3].astype(int) - frame[..., 3]).mean() < 1


@pytest.mark.parametrize("form", DECODERS)
def test_the_overlay_filter_of_an_editor_sees_the_ground_through_it(tmp_path, frames, form):
    path = encoded(tmp_path / f"a.{SUFFIXES[form]}", form, frames)
    below = f"color=red:size={WIDTH}x{HEIGHT}:rate=10"
    laid = ("-filter_complex", "[0:v][1:v]overlay=format=gbrp:shortest=1,format=rgb24")
    data, _ = ffmpeg(
        "-v", "error", "-f", "lavfi", "-i", below, *DECODERS[form], "-i", path, *laid, "-f", "rawvideo", "-"
    )
    shown = np.frombuffer(data, np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
    clear = frames[0][..., 3] == 0
    assert np.abs(shown[0][clear].astype(int) - (254, 0, 0)).mean() < 3


def test_pictures_keep_alpha(tmp_path, frames):
    write_png(tmp_path / "a.png", frames[0], alpha=True)
    np.testing.assert_array_equal(imageio.imread(tmp_path / "a.png"), frames[0])


def test_an_encoder_without_alpha_skips_it(tmp_path, frames):
    write_png(tmp_path / "a.png", frames[0])
    assert imageio.imread(tmp_path / "a.png").shape == (HEIGHT, WIDTH, 3)
