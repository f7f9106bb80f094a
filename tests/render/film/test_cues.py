"""Subtitles and chapters: they say what the manifest says, when it says it, whatever the words."""

import base64
import re

import numpy as np
from hypothesis import given, settings, strategies as st

from pipeline.config.schema.video import VideoConfig
from pipeline.render.encoding.chapters import LONGEST_TITLE, Chapter, chapter_arguments
from pipeline.render.encoding.sink import VideoSink
from pipeline.render.film.cues import chapters_of, cues_of, web_vtt, within
from pipeline.render.film.story import Beat, Card, Story
from tests.render.encoding.decoded import check_chapters, decoded

FPS = 30
WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="$\\"), min_size=1, max_size=40)


@st.composite
def stories(draw):
    """Stories of beats one after another, with an ending or without; and the number of frames."""
    bounds = sorted(draw(st.lists(st.integers(0, 10**6), min_size=3, max_size=9, unique=True)))
    beats = tuple(Beat(a, b, 0.0, draw(WORDS)) for a, b in zip(bounds[::2], bounds[1::2], strict=False))
    ending = (bounds[-1] + 1, bounds[-1] + 40)
    card = draw(st.none() | st.builds(Card, WORDS, WORDS))
    return Story(beats, (0, bounds[0]), ending if card else (0, 0), card), ending[1]


def seconds(clock):
    """The seconds that a time of WebVTT tells."""
    hours, minutes, rest = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


def read_vtt(text):
    """(start, stop, words as they stand) of every cue."""
    head, *blocks = text.split("\n\n")
    assert head.strip() == "WEBVTT"
    parts = [block.rstrip("\n").split("\n") for block in blocks]
    assert all(len(part) == 2 for part in parts)
    return [(*map(seconds, times.split(" --> ")), words) for times, words in parts]


@given(stories())
def test_cues_stand_when_the_manifest_says(drawn):
    record = drawn[0].record(FPS)
    found = read_vtt(web_vtt(cues_of(record))) if cues_of(record) else []
    wanted = [beat["seconds"] for beat in record["beats"]] + ([record["ending"]] if record["card"] else [])
    np.testing.assert_allclose(np.reshape([cue[:2] for cue in found], (-1, 2)), np.reshape(wanted, (-1, 2)), atol=6e-4)


@given(WORDS)
def test_no_words_end_a_cue_or_are_markup(words):
    said = read_vtt(web_vtt(cues_of({"beats": [{"at": 0, "seconds": [0, 1], "say": words}]})))[0][2]
    assert not re.search("[<>]|-->", said)
    assert said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == words


@given(stories())
def test_chapters_are_all_of_the_clip_and_begin_with_the_beats(drawn):
    story, frames = drawn
    chapters = chapters_of(cues_of(story.record(FPS)), "title", frames, FPS)
    firsts = [chapter.first for chapter in chapters]
    assert [firsts[0], *(chapter.end for chapter in chapters)] == [*firsts, frames]
    assert firsts[0] == 0
    assert set(firsts) == {0, *(beat.start for beat in story.beats), *([story.ending[0]] if story.card else [])}


@given(stories(), st.integers(0, 10**6), st.integers(1, 10**5))
def test_sections_have_the_cues_of_the_whole(drawn, first, length):
    cues = cues_of(drawn[0].record(FPS))
    start, stop = first / FPS, (first + length) / FPS
    for cue in within(cues, start, stop):
        assert 0 <= cue.start < cue.stop <= stop - start
    halves = [*within(cues, 0, stop), *within(cues, stop, np.inf)]
    np.testing.assert_allclose(sum(cue.stop - cue.start for cue in halves), sum(cue.stop - cue.start for cue in cues))


@settings(max_examples=20)
@given(WORDS)
def test_titles_have_the_room_that_players_give(words):
    listed = base64.b64decode(chapter_arguments([Chapter(0, 1, words * 40)], FPS)[3].partition(",")[2]).decode()
    title = re.sub(r"\\(.)", r"\1", listed.split("title=")[1].rstrip("\n"))
    assert len(title.encode()) <= LONGEST_TITLE
    assert (words * 40).startswith(title.rstrip("…"))


def test_players_see_the_chapters_and_bytes_are_the_same_again(tmp_path):
    chapters = [Chapter(0, 7, "a=b; #c \\ d"), Chapter(7, 19, 'ä β "<q>"'), Chapter(19, 30, "end")]
    made = VideoConfig(width=64, height=64, fps=FPS)
    for name, put_in in (("a.mp4", chapters), ("b.mp4", chapters), ("without.mp4", [])):
        with VideoSink(tmp_path / name, made, comment="{}", chapters=put_in) as sink:
            for k in range(30):
                sink.write(np.full((64, 64, 3), 8 * k, np.uint8))
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    assert decoded(tmp_path / "a.mp4") == decoded(tmp_path / "without.mp4")
    check_chapters(tmp_path / "a.mp4", chapters, FPS)
