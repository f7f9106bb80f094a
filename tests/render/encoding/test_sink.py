"""The encoder sink: what players see of its files, and what it leaves when something fails."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import imageio.v3 as imageio
import numpy as np
import pytest
from omegaconf import OmegaConf
from PIL import Image

from pipeline.config.check import check_values
from pipeline.config.schema.video import VideoConfig
from pipeline.errors import EncodingError, InputError
from pipeline.render.encoding import encoder_process
from pipeline.render.encoding.check import check_video
from pipeline.render.encoding.formats import FORMATS
from pipeline.render.encoding.presets import PRESETS
from pipeline.render.encoding.sink import VideoSink, fingerprint, granted_cores
from tests.render import clips
from tests.waiting import REACH, until

WIDTH, HEIGHT = 192, 108  # 108 is no multiple of 16, as 1080 is not
FORMS = [name for name, form in FORMATS.items() if form.suffix]
DEV_FULL = Path("/dev/full")


def settings(**changes):
    return VideoConfig(**{"width": WIDTH, "height": HEIGHT, "fps": 15, "timeout": REACH} | changes)


def encode(path, frames, config=None, **options):
    """Encode all frames; returns the path."""
    with VideoSink(path, config or settings(), **options) as sink:
        for frame in frames:
            sink.write(frame)
    return path


def circle(count=5, channels=3):
    return clips.moving_circle(WIDTH, HEIGHT, count, channels)


@pytest.fixture(autouse=True)
def _nothing_left_behind(tmp_path_factory, monkeypatch):
    """After every test, whatever happened in it: no running encoder or zombie, no thread, no temporary file."""
    litter, started, start = tmp_path_factory.mktemp("litter"), [], encoder_process.start
    monkeypatch.setattr("tempfile.tempdir", str(litter))
    monkeypatch.setattr(encoder_process, "start", lambda *given: started.append(start(*given)) or started[-1])
    yield
    assert all(process.returncode is not None for process in started)
    assert not [thread for thread in threading.enumerate() if "watchdog" in thread.name]
    assert not list(litter.iterdir())


# ---- what players see


@pytest.mark.parametrize("channels", [3, 4])
def test_drawn_and_decoded_frames_look_alike(tmp_path, channels):
    drawn = list(circle(20, channels))
    shown = clips.decode(encode(tmp_path / "a.mp4", drawn))
    assert len(shown) == 20
    assert min(clips.similarity(a, b) for a, b in zip(drawn, shown, strict=True)) >= 0.98


@pytest.mark.parametrize("form", ["mp4", "webm", "gif"])
def test_flat_colours_survive(tmp_path, form):
    frames = list(clips.colour_patches(280, HEIGHT, 4))
    path = encode(tmp_path / f"a.{form}", frames, settings(width=280, format=form))
    shown = clips.decode(path)
    for k, colour in enumerate(clips.PATCHES):
        inner = shown[:, 8:-8, k * 40 + 10 : k * 40 + 30].astype(int)
        assert np.abs(inner - colour).max() <= 3


def test_any_flat_colour_survives(tmp_path):
    frames, colours = clips.random_tiles(4)
    path = encode(tmp_path / "a.mp4", frames, settings(width=512, height=256))
    shown = clips.decode(path).reshape(4, 4, 64, 8, 64, 3)[:, :, 24:40, :, 24:40].astype(int)
    assert np.abs(shown - colours[:, None, :, None]).max() <= 3


@pytest.mark.parametrize("form", ["mp4", "webm"])
def test_stream_is_what_slides_and_browsers_play(tmp_path, form):
    found = clips.probe(encode(tmp_path / f"a.{form}", circle(), settings(format=form)))
    codec = {"mp4": "h264 (High)", "webm": "vp9 (Profile 0)"}[form]
    for fact in (codec, "yuv420p(tv, bt709, progressive)", f"{WIDTH}x{HEIGHT}", "SAR 1:1", "15 fps"):
        assert fact in found.stream
    assert not found.audio


@pytest.mark.parametrize("preset", ["ultrafast", "veryslow"])
@pytest.mark.parametrize("crf", [1, 51])
def test_every_speed_is_high_profile(tmp_path, preset, crf):
    found = clips.probe(encode(tmp_path / "a.mp4", circle(), settings(preset=preset, crf=crf)))
    assert "h264 (High)" in found.stream


@pytest.mark.parametrize("preset", PRESETS)
def test_crf_is_a_loss(tmp_path, preset):
    paths = [encode(tmp_path / f"{crf}.mp4", circle(), settings(preset=preset, crf=crf)) for crf in (1, 6, 18, 40, 51)]
    sizes = [path.stat().st_size for path in paths]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 2 * sizes[-1]


def test_full_hd_keeps_its_height(tmp_path):
    config = settings(width=1920, height=1080, fps=30, preset="ultrafast")
    found = clips.probe(encode(tmp_path / "a.mp4", clips.colour_patches(1920, 1080, 2), config))
    assert "1920x1080 [SAR 1:1" in found.stream


@pytest.mark.parametrize("form", ["mp4", "webm"])
@pytest.mark.parametrize(("seconds", "apart"), [(0.5, 7), (0.01, 1)])
def test_keyframes_and_rate(tmp_path, form, seconds, apart):
    config = settings(format=form, keyframe_seconds=seconds)
    found = clips.probe(encode(tmp_path / f"a.{form}", circle(30), config))
    places = np.append(np.flatnonzero(found.keyframes), 30)
    assert places[0] == 0
    assert np.diff(places).max() <= apart
    np.testing.assert_allclose(found.times, np.arange(30) / 15, atol=1e-3)


@pytest.mark.parametrize("form", [name for name in FORMS if not FORMATS[name].merges])
@pytest.mark.parametrize("count", [1, 2, 31])
def test_frame_count_is_exact(tmp_path, form, count):
    frames = [*circle(count), *[next(circle(1))] * 3]  # the last ones equal, as at the end of a clip
    path = encode(tmp_path / f"a.{form}", frames, settings(format=form))
    assert len(clips.probe(path).times) == count + 3


@pytest.mark.parametrize("fps", [7, 15, 50])
def test_frames_of_a_webp_stand_as_long_as_those_they_stand_for(tmp_path, fps):
    still = [next(circle(1))] * 5
    path = encode(tmp_path / "a.webp", [*circle(9), *still, *circle(3)], settings(format="webp", fps=fps))
    with Image.open(path) as picture:
        durations = []
        for number in range(picture.n_frames):
            picture.seek(number)
            picture.load()
            durations.append(picture.info["duration"])
        assert picture.info["loop"] == 0
    assert len(durations) < 17
    assert sum(durations) == pytest.approx(1000 * 17 / fps, abs=2)


def test_an_animated_png_loops_and_shows_its_frames(tmp_path):
    drawn = list(circle(4))
    with Image.open(encode(tmp_path / "a.png", drawn, settings(format="apng"))) as picture:
        assert (picture.n_frames, picture.info["loop"]) == (4, 0)
        for number, frame in enumerate(drawn):
            picture.seek(number)
            assert clips.similarity(frame, np.asarray(picture.convert("RGB"))) > 0.98


def test_index_stands_before_the_frames(tmp_path):
    names = clips.atoms(encode(tmp_path / "a.mp4", circle()))
    assert names.index("moov") < names.index("mdat")


@pytest.mark.parametrize("form", ["mp4", "webm"])
def test_comment_comes_back(tmp_path, form):
    comment = json.dumps({"β": "é=;#\\\"'\n%d {x}", "列": list(range(2000))}, ensure_ascii=False)
    path = encode(tmp_path / f"a.{form}", circle(1), settings(format=form), comment=comment)
    assert clips.comment_of(path) == comment


def test_gif_loops_for_ever_and_is_scaled_down(tmp_path):
    config = settings(format="gif", width=1080, height=1440)
    path = encode(tmp_path / "a.gif", clips.moving_circle(1080, 1440, 2), config, comment="has no place")
    assert b"NETSCAPE2.0\x03\x01\x00\x00" in path.read_bytes()
    assert "540x720" in clips.probe(path).stream


@pytest.mark.parametrize("name", ["frames", "100%d of it"])
def test_sequence_is_lossless(tmp_path, name):
    drawn = list(circle(3, channels=4))
    folder = encode(tmp_path / name, drawn, settings(format="frames"))
    assert sorted(os.listdir(folder)) == ["frame_00000.png", "frame_00001.png", "frame_00002.png"]
    np.testing.assert_array_equal(imageio.imread(folder / "frame_00002.png"), drawn[2][..., :3])


@pytest.mark.parametrize("form", FORMS)
def test_same_frames_give_the_same_bytes(tmp_path, form):
    config = settings(format=form)
    first, second = (encode(tmp_path / f"{k}.{form}", circle(20), config, comment="{}") for k in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_array_may_be_reused(tmp_path):
    buffer, drawn = np.empty((HEIGHT, WIDTH, 3), np.uint8), list(circle(8))
    with VideoSink(tmp_path / "a.mp4", settings()) as sink:
        for frame in drawn:
            buffer[:] = frame
            sink.write(buffer)
            buffer[:] = 0
    shown = clips.decode(tmp_path / "a.mp4")
    assert min(clips.similarity(a, b) for a, b in zip(drawn, shown, strict=True)) >= 0.98


# ---- what it refuses


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"width": 641}, "video.width = 641: video needs an even size; give 640 or 642"),
        ({"format": "gif", "fps": 60}, "video.fps = 60: give 1 to 50 frames/s for gif"),
        ({"crf": 0}, "video.crf = 0: give 1 (best) to 51 (smallest) for mp4"),
        ({"crf": 52}, "video.crf = 52: give 1 (best) to 51 (smallest) for mp4"),
    ],
)
def test_settings_that_do_not_go_together_are_refused_before_any_work(tmp_path, changes, words):
    with pytest.raises(InputError) as error:
        VideoSink(tmp_path / "a.mp4", settings(**changes))
    assert str(error.value) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"format": "avi"},
            "video.format = avi: unknown; choose one of mp4, webm, mov, webm_alpha, webp, apng, gif, frames",
        ),
        ({"preset": "warp"}, "video.preset = warp: unknown; choose one of ultrafast, "),
        ({"height": 0}, "video.height = 0: must be at least 64"),
    ],
)
def test_formats_and_presets_are_those_of_the_tables(changes, words):
    with pytest.raises(InputError) as error:
        check_values(settings(**changes), "video.")
    assert str(error.value).startswith(words)


@pytest.mark.parametrize("comment", ["x" * 200_000, "a\0b"])
def test_impossible_comment_is_refused(tmp_path, comment):
    with pytest.raises(InputError, match="comment"):
        VideoSink(tmp_path / "a.mp4", settings(), comment=comment)


@pytest.mark.parametrize(
    "frame",
    [
        np.zeros((HEIGHT, WIDTH, 3)),
        np.zeros((HEIGHT, WIDTH), np.uint8),
        np.zeros((HEIGHT, WIDTH, 2), np.uint8),
        np.zeros((WIDTH, HEIGHT, 3), np.uint8),
        np.zeros((HEIGHT, WIDTH, 4), np.uint8)[:, :, :3],
    ],
    ids=["float", "gray", "two channels", "transposed", "strided"],
)
def test_bad_frame_is_refused(tmp_path, frame):
    with pytest.raises(ValueError, match="expected a C-contiguous uint8 frame"):
        encode(tmp_path / "a.mp4", [frame])
    assert not list(tmp_path.iterdir())


def test_channels_stay_those_of_the_first_frame(tmp_path):
    with pytest.raises(ValueError, match=r"frame \(108, 192, 3\), got .*\(108, 192, 4\)"):
        encode(tmp_path / "a.mp4", [*circle(2), *circle(1, channels=4)])
    assert not list(tmp_path.iterdir())


def test_bad_places_are_refused(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    with pytest.raises(InputError, match=r"the folder .*missing does not exist"):
        encode(tmp_path / "missing" / "a.mp4", circle())
    with pytest.raises(InputError, match="is a folder; give another path"):
        encode(tmp_path / "full", circle())
    with pytest.raises(InputError, match="is a folder that is not empty"):
        encode(tmp_path / "full", circle(), settings(format="frames"))
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "mine.txt"]


# ---- the presets

CONF = Path(__file__).parents[3] / "conf" / "video"
SHIPPED = sorted(path.stem for path in CONF.glob("*.yaml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_preset_is_usable(name):
    path = CONF / f"{name}.yaml"
    assert path.read_text().splitlines()[0] == f"# python -m pipeline video={name}"
    own = OmegaConf.load(path)
    own.pop("defaults", None)
    video = OmegaConf.to_object(OmegaConf.merge(OmegaConf.structured(VideoConfig), own))
    check_values(video, "video.")
    check_video(video)


# ---- what fails, and what is left then


def fails(folder, words, frames=None, config=None, command=None, name="a.mp4"):
    """Encoding must end in one line that holds `words`, and leave `folder` as it was."""
    before = sorted(folder.rglob("*"))
    with pytest.raises(EncodingError) as error:
        encode(folder / name, circle(40) if frames is None else frames, config, command=command)
    assert words in str(error.value)
    assert "\n" not in str(error.value)
    assert sorted(folder.rglob("*")) == before


def shell(script):
    """A fake encoder; its last argument, the target, is $target."""
    return ["/bin/sh", "-c", 'for target; do :; done\nprintf partial > "$target"\n' + script, "fake"]


def test_nothing_to_encode(tmp_path):
    fails(tmp_path, "there is no frame to encode", frames=[])


def test_encoder_that_cannot_be_started(tmp_path):
    fails(tmp_path, "No such file or directory", command=["/no/such/ffmpeg"])
    fails(tmp_path, "Permission denied", command=[str(tmp_path)])


def test_no_room_for_the_encoders_words(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    fails(tmp_path, "cannot be started: [Errno 2] No such file or directory")


def test_encoder_that_fails_at_the_start(tmp_path):
    words = (
        "[libx264 @ 0x5581] no such",
        "luck  today",
        "[out#0 @ 0x5581] Task finished with error code: -5 (I/O error)",
    )
    command = shell("".join(f"echo '{line}' >&2; " for line in words) + "exit 3")
    fails(tmp_path, "a.mp4: the encoder failed with exit code 3: no such; luck today", command=command)


def test_encoder_that_dies_in_the_middle(tmp_path):
    fails(tmp_path, "killed by signal 9: eaten", command=shell("head -c 99999 >/dev/null; echo eaten >&2; kill -9 $$"))


def test_encoder_that_fails_at_the_end(tmp_path):
    fails(tmp_path, "failed with exit code 5: it gave no reason", command=shell("cat >/dev/null; exit 5"))


def test_encoder_that_stops_reading_but_is_content(tmp_path):
    fails(tmp_path, "stopped reading frames", command=shell("exit 0"))


def test_real_encoder_with_a_bad_option(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.render.encoding.arguments.QUIET", "-loglevel error -y -nonsense 1")
    fails(tmp_path, "Unrecognized option 'nonsense'")


@pytest.mark.parametrize("script", ["sleep 600", "cat >/dev/null; sleep 600"], ids=["writing", "finishing"])
def test_encoder_that_hangs_is_ended(tmp_path, script):
    words = (
        "made no progress for 0.3 s and was ended; if only the machine or disk is slow, allow more: video.timeout=0.6"
    )
    fails(tmp_path, words, config=settings(timeout=0.3), command=shell(script))


def test_slow_caller_and_slow_but_living_encoder_are_left_alone(tmp_path, monkeypatch):
    """Ten looks of the watchdog without a sign of life would be a hang; looks are counted here, not time."""
    whole = encode(tmp_path / "whole.mp4", circle(2)).read_bytes()
    looks, grows, done = [], [], tmp_path / "done"

    def looked(path):
        looks.append(path)
        if grows and len(looks) % 8 == 0:
            grow(path)
        return fingerprint(path)

    def grow(path):
        grows.append(path)
        if len(grows) <= 6:
            path.write_bytes(whole[: len(whole) * (len(grows) - 1) // 5])
        else:
            os.utime(path, ns=(len(grows), len(grows)))
            done.touch()

    monkeypatch.setattr("pipeline.render.encoding.sink.fingerprint", looked)
    script = f"cat >/dev/null; until [ -e {done} ]; do sleep 0.02; done"
    with VideoSink(tmp_path / "a.mp4", settings(timeout=0.1), command=shell(script)) as sink:
        for frame in circle(2):
            sink.write(frame)
            before = len(looks)
            until(lambda before=before: len(looks) > before + 20)
        grows.append(None)
    assert sink.frames == 2
    assert len(looks) > 80
    assert (tmp_path / "a.mp4").read_bytes() == whole


@pytest.mark.skipif(not DEV_FULL.exists(), reason="no /dev/full to stand in for a full disk")
@pytest.mark.parametrize("form", ["mp4", "webm", "gif"])
def test_full_disk(form):
    with pytest.raises(EncodingError, match="No space left on device"):
        encode(DEV_FULL, circle(40), settings(format=form))
    assert DEV_FULL.is_char_device()


@pytest.mark.parametrize("form", ["mp4", "frames"])
@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_whatever_ends_the_block_ends_the_encoder(tmp_path, kind, form):
    (tmp_path / "good.mp4").write_text("good")

    def frames():
        yield from circle(5)
        raise kind

    with pytest.raises(kind):
        encode(tmp_path / "a", frames(), settings(format=form))
    assert [path.name for path in tmp_path.iterdir()] == ["good.mp4"]


@pytest.mark.parametrize("takes", ["head -c 1", "cat"], ids=["writing", "finishing"])
def test_interrupt_while_we_wait_for_the_encoder(tmp_path, takes):
    def interrupt(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    script = f"{takes} >/dev/null; kill -ALRM {os.getpid()}; exec sleep 600"
    try:
        with pytest.raises(KeyboardInterrupt):
            encode(tmp_path / "a.mp4", circle(40), command=shell(script))
    finally:
        signal.signal(signal.SIGALRM, before)
    assert not list(tmp_path.iterdir())


INTERRUPTED = """
import itertools, signal, sys
import numpy as np
from pipeline.config.schema.video import VideoConfig
from pipeline.render.encoding.sink import VideoSink
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in a shell's background starts without one
with VideoSink(sys.argv[1], VideoConfig(width=192, height=108)) as sink:
    for k in itertools.count():
        sink.write(np.full((108, 192, 3), k % 256, np.uint8))
        if k == 50:
            print("running", flush=True)
"""


def test_ctrl_c_in_the_terminal(tmp_path):
    target = tmp_path / "a.mp4"
    command = [sys.executable, "-W", "ignore", "-c", INTERRUPTED, str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout.readline() == b"running\n"
        os.killpg(process.pid, signal.SIGINT)
        _, words = process.communicate(timeout=REACH)
    assert words.decode().splitlines()[-1] == "KeyboardInterrupt"
    assert not target.exists()


@pytest.mark.parametrize(("told", "cores"), [("", 4), ("1", 1), ("3,2", 3), ("64", 4), ("0", 4), ("many", 4)])
def test_the_encoder_takes_the_share_of_cores_that_its_process_was_given(tmp_path, monkeypatch, told, cores):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)))
    monkeypatch.setenv("OMP_NUM_THREADS", told)
    arguments = []
    monkeypatch.setattr("pipeline.render.encoding.sink.encoder_arguments", lambda *given: arguments.extend(given) or [])
    fails(tmp_path, "stopped reading frames", command=shell("exit 0"))
    assert granted_cores() == cores
    assert arguments[4] == cores
