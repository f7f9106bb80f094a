"""Counts at knots: calm, few, apart, inside, and true."""

import itertools
from functools import partial

import numpy as np
import pytest
from matplotlib.transforms import Bbox

from pipeline import Data, Trajectory
from pipeline.render.panels.parts.held_labels import APART, MOST, STAY, last_where, one_after_another, runs
from pipeline.render.panels.parts.placing import CORNERS, best_corner, box_at, outside, under
from tests.render.runs import scene_of

FPS = 10


def flickering_run(seed: int, frames: int = 200, neurons: int = 60, samples: int = 9):
    """Every neuron stands at a sample, and is held there on and off, from frame to frame at random."""
    rng = np.random.default_rng(seed)
    x, row = np.linspace(-1, 1, samples), rng.integers(0, samples, neurons)
    side, size = rng.choice([-1.0, 1.0], neurons), np.where(row % 2, 1.0, -1.0) * rng.uniform(0.5, 1.0, neurons)
    data = Data(x, np.maximum(side * (x[:, None] - x[row]), 0) @ size)
    grown = np.linspace(0.5, 1, frames)[:, None]
    w = np.ones((frames, neurons)) * side
    held = np.where(rng.random((frames, neurons)) < grown, row, -1)
    t = np.linspace(0, 1, frames)
    return data, Trajectory(t, w, -w * x[row], size * grown, np.zeros(frames), np.ones(frames), held, data.x, data.y)


@pytest.fixture(scope="module", params=[0, 1])
def labels(request):
    """The labels of a clip that would flicker, and its panel."""
    scene = scene_of(*flickering_run(request.param), 960, 540, timing="linear", fps=FPS)
    return scene.panels[0].labels, scene


def test_labels_come_at_most_once_a_second_and_stay(labels):
    found, _ = labels
    starts = sorted(label.start for label in found.labels)
    assert len(starts) > 1
    assert min(after - before for before, after in itertools.pairwise(starts)) >= APART * FPS
    assert all(label.stop - label.start >= STAY * FPS for label in found.labels)


def test_labels_are_few_apart_and_inside(labels):
    found, scene = labels
    box = scene.panels[0].axes.bbox
    for frame in range(0, len(scene), 7):
        scene.still(frame)
        boxes = found.text.boxes()
        assert len(boxes) <= MOST
        assert all(outside(each, box) <= 1 for each in boxes)
        assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_labels_say_how_many_neurons_the_sample_holds(labels):
    """Now, or when it last held two or more: half a second ago at most."""
    found, scene = labels
    film = scene.film
    for frame in range(0, len(scene), 5):
        scene.frame(frame)
        shown = [label for label in found.labels if label.start <= frame < label.stop]
        for label, words in zip(shown, found.text.words, strict=True):
            lately = film.caught[max(frame - FPS // 2, 0) : frame + 1]
            held = np.count_nonzero((lately >= 0) & (film.x[lately] == found.places[label.sample]), axis=1)
            assert int(words.split()[0]) == held[held >= 2][-1]


def test_a_stretch_is_cut_to_where_something_is_there():
    on, there = np.zeros((2, 12), dtype=bool)
    on[2:9], there[4:7] = True, True
    assert runs(on, there, 0) == [(4, 7)]
    assert runs(on, np.zeros_like(there), 0) == []


@pytest.mark.parametrize(("bridge", "expected"), [(1, [(0, 3), (5, 9)]), (2, [(0, 9)])])
def test_a_short_gap_is_bridged_and_a_long_one_parts(bridge, expected):
    on, there = np.ones((2, 9), dtype=bool)
    there[3:5] = False
    assert runs(on, there, bridge) == expected


def test_what_is_not_good_is_told_by_the_last_that_was():
    values = np.array([[3, 0, 1, 5]])
    assert last_where(values, values >= 2).tolist() == [[3, 3, 3, 5]]


def test_what_comes_too_soon_waits_and_what_is_left_too_short_is_left_out():
    assert one_after_another([(0, 50, 1), (2, 50, 2), (4, 24, 3)], apart=10, stay=10) == [(0, 50, 1), (10, 50, 2)]
    assert one_after_another([], 10, 10) == []


def test_words_stand_where_least_is_drawn():
    """A crowd above and left of a place leaves the lower right."""
    place, size, gap = (100.0, 100.0), (40.0, 12.0), 8.0
    side = np.linspace(0, 200, 81)
    crowd = np.array([(x, y) for x in side for y in side if x < 105 or y > 95])
    room = box_at(place, (200.0, 200.0), 0.0, (0, 0))
    corner = best_corner([place], size, gap, room, [lambda box: under(crowd, box)])
    assert corner == (1, -1)
    assert under(crowd, box_at(place, size, gap, corner)) == min(
        under(crowd, box_at(place, size, gap, other)) for other in CORNERS
    )


@pytest.mark.parametrize("seed", range(20))
def test_words_that_stand_for_long_take_the_first_corner_that_covers_least_in_all_moments(seed):
    rng = np.random.default_rng(seed)
    size, gap, room = (40.0, 8.0), 3.0, Bbox.from_bounds(0, 0, 400, 200)
    places = [*map(tuple, rng.uniform([-20, -20], [420, 220], (seed % 7, 2)).tolist())]
    crowds = [rng.uniform([0, 0], [400, 200], (300, 2)) for _ in places]

    def cost(corner):
        boxes = [box_at(place, size, gap, corner) for place in places]
        return sum(1e6 * outside(box, room) + under(crowd, box) for box, crowd in zip(boxes, crowds, strict=True))

    covered = [partial(under, crowd) for crowd in crowds]
    assert best_corner(places, size, gap, room, covered) == min(CORNERS, key=cost)
