"""Signs are named beside the first marks that show them, where a clip says nothing else."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from pipeline.config.language import english
from pipeline.config.schema.scene import SceneConfig
from pipeline.render.drawing.key import ENTRIES
from pipeline.render.film.story import Beat, Story
from pipeline.render.scene.sign_names import NAMED
from tests.render.runs import awkward_run, scene_of

RUN = awkward_run(frames=300, seed=5)  # in which all three come in sight
WORDS = {name: english()(f"key.{ENTRIES[name].words}") for name in NAMED}


@pytest.fixture(scope="module")
def scene():
    return scene_of(*RUN, 640, 360)


def test_each_sign_is_named_once_and_none_beside_another(scene):
    said = scene.telling.words.beats
    assert sorted(beat.say for beat in said) == sorted(WORDS.values())
    assert all(one.stop <= other.start for one, other in pairwise(said))


def test_a_name_is_that_of_the_mark_it_points_at(scene):
    for beat in scene.telling.words.beats:
        members = scene.telling.words.placed[beat.start].target.members
        bend = scene.film.jump[beat.start, members].sum()
        expected = {
            WORDS["rising"]: bend > 0,
            WORDS["falling"]: bend < 0,
            WORDS["held"]: scene.film.held[beat.start, members].any(),
        }
        assert expected[beat.say]


def test_names_are_drawn_fast_as_plain(scene):
    for beat in scene.telling.words.beats:
        np.testing.assert_array_equal(scene.frame(beat.start), scene.still(beat.start))


@pytest.mark.parametrize("config", [SceneConfig(key=False), SceneConfig(panels={"function": {"knots": False}})])
def test_nothing_is_named_where_nothing_is_explained_or_drawn(config):
    assert not scene_of(*RUN, 640, 360, scene=config).telling.words.beats


def test_nothing_is_named_where_a_story_speaks():
    beat = Beat(5, 20, 0.1, "it goes up")
    assert scene_of(*RUN, 640, 360, story=Story((beat,))).telling.words.beats == [beat]


def test_names_are_no_part_of_what_a_clip_tells(scene):
    assert scene.story == replace(scene.story, beats=())
