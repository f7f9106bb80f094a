"""The band of interpolants that bend least, held against linear programs on a grid."""

import numpy as np
import pytest
from scipy.optimize import linprog

from pipeline.projection.activity import merge_samples
from pipeline.projection.minimal_interpolants import (
    interpolant_bounds,
    least_variation,
    sparsest_corners,
    sparsest_interpolant,
)

BETWEEN = 4  # points of the grid from one sample to the next


def program(y, per, place, way):
    """(least variation, least way·f at a point among the interpolants of it) on an even grid, by SciPy's solver."""
    count = per * (len(y) - 1) + 1
    bend = np.diff(np.eye(count), 2, axis=0) * per  # of samples one apart
    # f and the two signs of its bends; f is given at the samples.
    equal = np.block([[bend, -np.eye(count - 2), np.eye(count - 2)]])
    at = np.zeros((len(y), equal.shape[1]))
    at[np.arange(len(y)), per * np.arange(len(y))] = 1
    cost = np.concatenate([np.zeros(count), np.ones(2 * count - 4)])
    bounds = [(None, None)] * count + [(0, None)] * (2 * count - 4)
    given = {"A_eq": np.concatenate([equal, at]), "b_eq": np.concatenate([np.zeros(count - 2), y]), "bounds": bounds}
    least = linprog(cost, **given).fun
    aim = np.zeros(equal.shape[1])
    aim[place] = way
    return least, linprog(aim, A_ub=cost[None], b_ub=[least + 1e-9], **given).fun


@pytest.mark.parametrize("seed", range(6))
def test_bounds_are_reached_and_never_passed(seed):
    rng = np.random.default_rng(seed)
    y = rng.integers(-3, 4, 6).astype(float)
    x = np.arange(6.0)
    samples = merge_samples(x, y)
    grid = np.linspace(0, 5, 5 * BETWEEN + 1)
    low, high = interpolant_bounds(samples, grid)
    for place in rng.choice(len(grid), 6, replace=False):
        least, lowest = program(y, BETWEEN, place, 1.0)
        _, highest = program(y, BETWEEN, place, -1.0)
        assert least == pytest.approx(least_variation(samples), abs=1e-7)
        # The edge may turn between points of the grid, which then cannot follow it.
        assert low[place] - 1e-6 <= lowest <= low[place] + 6 / BETWEEN
        assert -highest == pytest.approx(high[place], abs=1e-6) or -highest <= high[place]


def test_a_bowl_has_room_and_a_wave_none():
    x = np.linspace(-1.5, 1.5, 61)
    bowl = merge_samples([-1.5, -0.5, 0.5, 1.5], [1.0, 0.0, 0.0, 1.0])
    low, high = interpolant_bounds(bowl, x)
    assert low[30] == pytest.approx(-0.5)
    assert high[30] == pytest.approx(0.0)
    np.testing.assert_allclose(low[np.abs(x) >= 0.5], high[np.abs(x) >= 0.5])
    wave = merge_samples([-1.5, -0.5, 0.5, 1.5], [0.0, 1.0, 0.0, 1.0])
    np.testing.assert_allclose(*interpolant_bounds(wave, x))


def test_two_samples_leave_a_line_and_one_anything():
    x = np.array([-1.0, 0.5, 3.0])
    np.testing.assert_allclose(interpolant_bounds(merge_samples([0.0, 1.0], [1.0, 3.0]), x), [1 + 2 * x] * 2)
    np.testing.assert_array_equal(interpolant_bounds(merge_samples([0.5], [1.0]), x)[0], [-np.inf, 1, -np.inf])
    assert least_variation(merge_samples([0.0], [1.0])) == 0


def turns_in_a_row(samples):
    """How many samples one after the other turn the polygon one way: a length for each such row."""
    turn = np.sign(np.diff(np.diff(samples.y) / np.diff(samples.x)))
    return np.diff(np.flatnonzero(np.concatenate([[True], turn[1:] != turn[:-1], [True]])))


@pytest.mark.parametrize("seed", range(20))
def test_the_sparsest_bends_least_and_has_one_knot_for_two_samples_that_turn_one_way(seed):
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(-1, 1, 30))
    samples = merge_samples(x, rng.normal(size=30) + 20 * (seed % 3) * x**2)  # long rows, too
    corners = sparsest_corners(samples)
    assert np.all(np.diff(corners[0]) > 0)
    bend = np.diff(np.diff(corners[1]) / np.diff(corners[0]))
    assert np.sum(np.abs(bend)) == pytest.approx(least_variation(samples))
    # No fewer will do: some knot must stand between the neighbours of every second sample of a row.
    assert len(bend) == np.sum((turns_in_a_row(samples) + 1) // 2)
    np.testing.assert_allclose(sparsest_interpolant(samples, samples.x), samples.y, atol=1e-9)
    grid = np.linspace(*corners[0, [0, -1]], 999)
    low, high = interpolant_bounds(samples, grid)
    curve = sparsest_interpolant(samples, grid)
    assert np.all((curve > low - 1e-9) & (curve < high + 1e-9))


def test_the_sparsest_follows_a_line_and_goes_on_beyond_the_ends():
    line = merge_samples([0.0, 1.0, 2.0, 3.0], [0.0, 2.0, 4.0, 6.0])
    np.testing.assert_allclose(sparsest_interpolant(line, np.array([-1.0, 0.5, 4.0])), [-2, 1, 8])
    peak = merge_samples([-2.0, -1.0, 1.0, 2.0], [0.0, 1.0, 1.0, 0.0])
    np.testing.assert_allclose(sparsest_corners(peak), [[-2, 0, 2], [0, 2, 0]])
    np.testing.assert_allclose(sparsest_interpolant(merge_samples([1.0], [3.0]), np.array([0.0, 1.0])), [3, 3])
