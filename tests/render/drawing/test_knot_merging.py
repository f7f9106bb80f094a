"""Which neurons are shown as one knot."""

import numpy as np

from pipeline.render.drawing.knot_merging import MOST_FOLLOWED, KnotMerging

FPS, FRAMES = 10, 60


def joined(pixels, frame):
    places = KnotMerging(pixels, width=20.0, fps=FPS)
    return places.joined(frame, np.argsort(pixels[frame], kind="stable")).tolist()


def test_neurons_that_stay_near_are_one_while_they_do():
    gap = np.where(np.arange(FRAMES) < 30, 3.0, 40.0)
    pixels = np.column_stack([np.full(FRAMES, 100.0), 100.0 + gap, np.full(FRAMES, 300.0)])
    assert joined(pixels, 10) == [True, False]
    assert joined(pixels, 29) == [True, False]
    assert joined(pixels, 30) == [False, False]


def test_neurons_that_only_pass_each_other_never_flash_as_one():
    way = np.linspace(0, 400, FRAMES)  # 7 px a frame: near for three of them
    pixels = np.column_stack([way, 400 - way])
    assert not any(joined(pixels, k)[0] for k in range(FRAMES))


def test_neurons_at_one_place_are_one_even_for_a_moment():
    pixels = np.column_stack([np.linspace(0, 400, 61), np.linspace(400, 0, 61)])
    assert joined(pixels, 30) == [True]


def test_a_crowd_is_told_by_place_and_infinite_breakpoints_are_near_none():
    pixels = np.tile(np.arange(MOST_FOLLOWED + 10.0), (3, 1))
    pixels[:, -1] = np.inf
    order = np.arange(MOST_FOLLOWED + 9)
    together = KnotMerging(pixels, width=20.0, fps=FPS).joined(1, order)
    assert 0.8 < np.mean(together) < 1  # cells of seven places
    few = np.array([[1.0, np.inf, -np.inf]] * FRAMES)
    assert KnotMerging(few, 20.0, FPS).joined(0, np.array([0])).tolist() == []
