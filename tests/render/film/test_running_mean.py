"""Running means: of numbers that jump, broken where their path is."""

import numpy as np
import pytest

from pipeline.render.film.running_mean import TREMBLING, running_mean, trembling


def test_a_straight_path_is_its_own_mean_away_from_the_ends():
    path = np.linspace(0, 3, 50)[:, None]
    mean, spread = running_mean(path, 8)
    np.testing.assert_allclose(mean[4:-4], path[4:-4])
    step = 3 / 49
    np.testing.assert_allclose(spread[4:-4], step * np.std(np.arange(9)))
    assert trembling(path, mean) < TREMBLING


def test_noise_is_told_from_its_mean():
    rng = np.random.default_rng(0)
    path = 1e6 + rng.normal(0, 2, size=(400, 3))  # far from zero: squares must not cancel
    mean, spread = running_mean(path, 15)
    assert mean.mean() == pytest.approx(1e6, abs=0.5)
    assert spread.mean() == pytest.approx(2, rel=0.1)
    assert trembling(path, mean) > TREMBLING


def test_no_mean_runs_over_a_break():
    path = np.concatenate([np.full(10, 1.0), [np.nan], np.full(10, -1.0)])[:, None]
    mean, spread = running_mean(path, 8)
    np.testing.assert_array_equal(mean, path)
    np.testing.assert_array_equal(spread[:10], 0)
    assert np.isnan(spread[10])
    assert trembling(path, mean) == 1


@pytest.mark.parametrize("frames", [0, 1, 8, 100])
def test_a_single_frame_is_its_own_mean(frames):
    mean, spread = running_mean(np.array([[2.0, np.nan]]), frames)
    np.testing.assert_array_equal(mean, [[2.0, np.nan]])
    np.testing.assert_array_equal(spread, [[0.0, np.nan]])
