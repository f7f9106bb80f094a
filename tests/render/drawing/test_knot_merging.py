"""Which neurons are shown as one knot."""

import time

import numpy as np
import pytest

from pipeline.render.drawing.knot_merging import KnotMerging, compact, turns

FPS, FRAMES, SPAN = 10, 60, 400.0


def merging(pixels):
    return KnotMerging(pixels, width=20.0, span=SPAN, fps=FPS)


def joined(pixels, frame, places=None):
    order = np.argsort(pixels[frame], kind="stable")
    return (places or merging(pixels)).joined(frame, order).tolist()


def changes(pixels):
    """(G,) how often each gap between neighbours in order of place opens or closes."""
    places = merging(pixels)
    return np.abs(np.diff([joined(pixels, k, places) for k in range(len(pixels))], axis=0)).sum(axis=0)


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


@pytest.mark.parametrize("period", [2, 5, 9])
def test_a_knot_that_merges_and_parts_again_and_again_does_not_flicker(period):
    gap = np.where(np.arange(FRAMES) % period < period // 2, 1.0, 10.0)
    pixels = np.column_stack([np.full(FRAMES, 100.0), 100.0 + gap])
    assert changes(pixels)[0] <= FRAMES / (2 * FPS)


def test_what_passes_a_knot_does_not_break_it():
    pixels = np.column_stack([np.full(FRAMES, 100.0), np.full(FRAMES, 100.0), np.linspace(300, -100, FRAMES)])
    places = merging(pixels)
    for k in range(FRAMES):
        assert any(joined(pixels, k, places))
    assert joined(pixels, 0, places) == [True, False]
    assert joined(pixels, FRAMES - 1, places) == [False, True]


def test_a_neuron_that_comes_round_through_infinity_changes_no_other_knot():
    round_trip = np.where(np.arange(FRAMES) < 30, 1e6, -1e6)
    pixels = np.column_stack([np.full((FRAMES, 2), 100.0), np.full((FRAMES, 2), 200.0), round_trip])
    assert turns(pixels)[[0, 29, 30, -1]].tolist() == [0, 0, 1, 1]
    places = merging(pixels)
    assert joined(pixels, 29, places) == [True, False, True, False]
    assert joined(pixels, 30, places) == [False, True, False, True]


def test_where_all_are_near_their_next_none_is_a_knot():
    rng = np.random.default_rng(0)
    crowd = np.sort(rng.uniform(0, SPAN, 2000))
    pixels = np.tile(np.concatenate([crowd, np.full(50, 133.3)]), (FRAMES, 1))
    order = np.argsort(pixels[0], kind="stable")
    together = merging(pixels).joined(5, order)
    assert together[np.flatnonzero(pixels[0, order] == 133.3)[:-1]].all()  # the held ones are
    assert np.mean(together[: len(crowd) // 4]) < 0.4
    assert compact(np.arange(9.0), np.ones(8, dtype=bool), 7.0).tolist() == [False] * 8
    assert compact(np.arange(9.0), np.arange(8) != 4, 7.0).tolist() == [True] * 8


def test_breakpoints_at_infinity_are_near_none():
    few = np.array([[1.0, np.inf, -np.inf, np.inf]] * FRAMES)
    assert joined(few, 0) == [False] * 3
    assert merging(few).joined(0, np.array([0])).tolist() == []
    assert merging(few).joined(0, np.array([], dtype=int)).tolist() == []
    assert merging(few[:, :1]).joined(0, np.array([0])).tolist() == []


def test_a_crowd_is_decided_on_in_moments():
    """10,000 neurons in ten seconds of video."""
    rng = np.random.default_rng(1)
    pixels = rng.uniform(-400, 1600, 10_000) + np.cumsum(rng.normal(size=(300, 10_000)), axis=0)
    start = time.process_time()
    KnotMerging(pixels, width=8.0, span=1200.0, fps=30)
    assert time.process_time() - start < 20
