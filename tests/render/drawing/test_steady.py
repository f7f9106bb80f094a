"""What comes and goes is calm, as near to what is wished as calm allows, and on where it must be."""

import itertools

import numpy as np
import pytest

from pipeline.render.drawing.steady import steady


def runs(course):
    """Lengths of the stretches of one state."""
    cuts = np.flatnonzero(np.diff(course)) + 1
    return np.diff([0, *cuts, len(course)])


def is_calm(course, span, end):
    lengths = runs(course)
    inner = lengths[1:-1]
    return len(lengths) == 1 or (min(lengths[0], lengths[-1]) >= end and (inner >= span).all())


@pytest.mark.parametrize("share", [0.05, 0.3, 0.7])
def test_no_state_is_short_and_what_must_be_is(share):
    rng = np.random.default_rng(0)
    wishes = rng.random((400, 50)) < share
    must = rng.random((400, 50)) < 0.01
    states = steady(wishes, 10, must)
    assert all(is_calm(course, 20, 5) for course in states.T)
    assert states[must].all()
    assert len({course.tobytes() for course in states.T}) > 10


def test_of_all_calm_courses_it_is_nearest_to_the_wishes():
    rng = np.random.default_rng(1)
    every = [np.array(course) for course in itertools.product((False, True), repeat=11)]
    calm = [course for course in every if is_calm(course, 4, 2)]
    for _ in range(200):
        wishes, must = rng.random(11) < 0.5, rng.random(11) < 0.1
        allowed = [course for course in calm if course[must].all()]
        found = steady(wishes, 2, must, least=1, apart=2)
        assert any((found == course).all() for course in allowed)
        wanted = wishes | must
        assert np.sum(found != wanted) == min(np.sum(course != wanted) for course in allowed)


def test_calm_wishes_are_met_and_short_ones_dropped():
    wishes = np.zeros(200, dtype=bool)
    wishes[50:80] = True
    np.testing.assert_array_equal(steady(wishes, 10), wishes)
    wishes[120:123] = True
    np.testing.assert_array_equal(steady(wishes, 10), wishes & (np.arange(200) < 100))


@pytest.mark.parametrize("frames", [1, 2, 7])
def test_a_clip_shorter_than_a_state_has_one(frames):
    wishes = np.arange(frames) == 0
    must = np.arange(frames) == frames - 1
    assert len(set(steady(wishes, 30).tolist())) == 1
    assert steady(wishes, 30, must).all()


def test_the_nearest_course_does_not_depend_on_what_stands_beside_it():
    wishes = np.random.default_rng(2).random((300, 8)) < 0.4
    np.testing.assert_array_equal(steady(wishes, 12)[:, 3], steady(wishes[:, 3], 12))
