"""Videos put end to end: what players decode is what they decode of the parts, frame by frame."""

import numpy as np
import pytest

from pipeline.config.schema.video import VideoConfig
from pipeline.embed.provenance import read_video
from pipeline.errors import EncodingError
from pipeline.render.encoding.chapters import Chapter
from pipeline.render.encoding.join import Part, join
from pipeline.render.encoding.sink import VideoSink
from tests.render.encoding.decoded import check_chapters, decoded

MADE = VideoConfig(width=64, height=64, fps=30)
LENGTHS = 17, 1, 16, 31  # a keyframe every 15 frames: some parts end with one


def part(path, frames, settings=MADE, chapters=()):
    """A video of noise that moves."""
    noise = np.random.default_rng(frames).integers(0, 256, (64, 64, 3), np.uint8)
    with VideoSink(path, settings, chapters=chapters) as sink:
        for k in range(frames):
            sink.write(np.roll(noise, k, axis=1))
    return Part(path, frames)


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """Some, one of them with chapters, whose track is longer than a file of so few frames needs."""
    folder = tmp_path_factory.mktemp("it's 100 % ä: parts")
    chapters = {31: [Chapter(0, 7, "one"), Chapter(7, 31, "two")]}
    return [part(folder / f"{frames}.mp4", frames, chapters=chapters.get(frames, ())) for frames in LENGTHS]


def test_players_decode_what_they_decode_of_the_parts(parts, tmp_path):
    bounds = np.cumsum([0, *LENGTHS])
    chapters = [Chapter(*each, f"{each}; #=") for each in zip(bounds.tolist(), bounds[1:].tolist(), strict=False)]
    for name in ("a.mp4", "b.mp4"):
        join(parts, tmp_path / name, chapters, MADE.fps, '{"a": "ä; \\"="}', 60.0)
    film = tmp_path / "a.mp4"
    assert film.read_bytes() == (tmp_path / "b.mp4").read_bytes()
    assert decoded(film) == [frame for each in parts for frame in decoded(each.video)]
    assert read_video(film) == '{"a": "ä; \\"="}'
    check_chapters(film, chapters, MADE.fps)


@pytest.mark.parametrize("other", [{"crf": 25}, {"preset": "medium"}, {"fps": 25}], ids=str)
def test_parts_that_a_decoder_would_mistake_are_refused(parts, tmp_path, other):
    """Their packets can be put end to end, and counted; but a decoder shows others."""
    odd = part(tmp_path / "odd.mp4", 5, VideoConfig(**{"width": 64, "height": 64, "fps": 30, **other}))
    with pytest.raises(EncodingError, match=r"odd\.mp4: was encoded otherwise"):
        join([parts[0], odd], tmp_path / "film.mp4", [], MADE.fps, "", 60.0)
    assert [path.name for path in tmp_path.iterdir()] == ["odd.mp4"]


def test_a_film_that_is_not_all_of_its_parts_is_not_left(parts, tmp_path):
    wrong = [Part(parts[0].video, 18), parts[1]]
    with pytest.raises(EncodingError, match="18 of 19 frames"):
        join(wrong, tmp_path / "film.mp4", [], MADE.fps, "", 60.0)
    assert list(tmp_path.iterdir()) == []
