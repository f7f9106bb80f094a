"""Sentences at chosen times, under the title."""

import numpy as np

from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.timing import TimingConfig
from pipeline.render.film.telling import told
from pipeline.render.film.words import formatted
from tests.render.runs import awkward_run, film_of, told_scene

FPS = 2  # a sentence stands for six frames


def captions_of(given, narrate=False, frames=40):
    """The moments of a run, the times of its clip's frames and the sentence of each."""
    film = film_of(*awkward_run(frames=frames))
    scene = SceneConfig(captions=given, narrate=narrate)
    timeline = told(scene, [film], TimingConfig("log", 20.0), FPS, film.time)
    beats = [timeline.story.beat(k, aside=True) for k in range(len(timeline.times))]
    return film, timeline.times, [beat.say if beat else "" for beat in beats]


def test_a_sentence_comes_at_its_time_and_stays_until_the_next():
    _, times, words = captions_of({0.02: "one", 5.0: "three", 4.0: "two"})
    start = int(np.searchsorted(times, 0.02))
    assert words[start - 1 : start + 7] == ["", *["one"] * 6, ""]
    second, third = (int(np.searchsorted(times, t)) for t in (4.0, 5.0))
    assert words[second] == "two"
    assert words[third : third + 6] == ["three"] * len(words[third : third + 6])


def test_a_time_after_the_end_is_never_reached():
    _, _, words = captions_of({1e9: "never"})
    assert set(words) == {""}


def test_catches_are_told_once_and_leave_room_for_what_is_given():
    film, times, words = captions_of({}, narrate=True)
    told_of = set(words) - {""}
    assert told_of <= {f"breakpoint {n} is caught by sample 2" for n in (1, 2, 3, 4)}
    assert told_of
    caught = int(np.searchsorted(times, film.t[20]))
    assert words.index(next(iter(told_of))) == caught
    _, _, words = captions_of({float(film.t[19]): "now"}, narrate=True)
    assert words[caught] == "now"


def test_captions_never_make_a_clip_longer():
    times = [captions_of(given)[1] for given in ({}, {0.1: "one", 4.0: "two"})]
    np.testing.assert_array_equal(*times)


def test_frames_with_captions_are_drawn_fast_as_plainly():
    scene = SceneConfig(captions={0.1: "knots, $\\beta = x_n$"})
    made = told_scene(*awkward_run(), 640, 360, scene=scene)
    first = made.story.beats[0].start
    for k in (0, first, first + 1, len(made) - 1):
        np.testing.assert_array_equal(made.frame(k), made.still(k))
    bare = told_scene(*awkward_run(), 640, 360, scene=SceneConfig(captions={9.99: ""}))
    assert (made.frame(first)[:, :300] != bare.frame(first)[:, :300]).any()


def test_what_is_infinite_is_said_as_a_sign():
    assert [formatted(value, ".1g") for value in (np.inf, -np.inf, 0.25)] == ["∞", "\N{MINUS SIGN}∞", "0.2"]
