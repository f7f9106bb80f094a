"""Sentences at chosen times."""

import numpy as np

from pipeline.config.schema.scene import SceneConfig
from pipeline.render.film.clip_limits import limits_of
from pipeline.render.scene.captions import Captions
from tests.render.runs import awkward_run, film_of, scene_of

FPS = 2  # a sentence stands for six frames


def captions_of(given, narrate=False, frames=40):
    film = film_of(*awkward_run(frames=frames))
    captions = Captions(film, limits_of([film]), given, narrate, FPS)
    return film, [captions[k] for k in range(frames)]


def test_a_sentence_comes_at_its_time_and_stays_until_the_next():
    film, words = captions_of({0.02: "one", 5.0: "three", 4.0: "two"})
    start = int(np.searchsorted(film.t, 0.02))
    assert words[start - 1 : start + 7] == ["", *["one"] * 6, ""]
    second, third = (int(np.searchsorted(film.t, t)) for t in (4.0, 5.0))
    assert words[second] == "two"
    assert words[third : third + 6] == ["three"] * len(words[third : third + 6])


def test_a_time_after_the_end_is_never_reached():
    _, words = captions_of({1e9: "never"})
    assert set(words) == {""}


def test_catches_are_told_once_and_leave_room_for_what_is_given():
    film, words = captions_of({}, narrate=True)
    told = set(words) - {""}
    assert told <= {f"breakpoint {n} is caught by sample 2" for n in (1, 2, 3, 4)}
    assert told
    assert words.index(next(iter(told))) == 20
    time = float(film.t[19])
    _, words = captions_of({time: "now"}, narrate=True)
    assert "now" in words
    assert words[20] == "now"


def test_frames_with_captions_are_drawn_fast_as_plainly():
    scene = SceneConfig(captions={0.1: "knots, $\\beta = x_n$"})
    made = scene_of(*awkward_run(), 640, 360, scene=scene)
    for k in (0, 3, 4, 8):
        np.testing.assert_array_equal(made.frame(k), made.still(k))
    first = np.array(made.frame(3))
    bare = scene_of(*awkward_run(), 640, 360, scene=SceneConfig(captions={99.0: "never"}))
    assert (first[:, :300] != bare.frame(3)[:, :300]).any() or made.captions[3] == ""
    assert any(made.captions[k] for k in range(len(made)))
