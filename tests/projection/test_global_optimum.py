"""The optimum of weight decay, held against a generic solver of SciPy's, and against what is known in closed form."""

import numpy as np
import pytest
from scipy.optimize import nnls

from pipeline import InputError
from pipeline.projection import global_optimum
from pipeline.projection.certificate import certificate, peaks, unit_neurons

ANGLES = 360  # of the generic solver's grid, beside the samples'


def grid(x):
    """Breakpoints and sides at even angles, and at the samples."""
    theta = np.pi * (2 * np.arange(ANGLES) + 1) / ANGLES
    breakpoint = np.concatenate([-np.tan(theta), x, x])
    return breakpoint, np.concatenate([np.sign(np.cos(theta)), np.ones(len(x)), -np.ones(len(x))])


def generic(x, y, decay):
    """The least cost with neurons on the grid alone: its dual is the point of a polyhedron next to y/λ.

    Lawson & Hanson (1974) reduce that to nonnegative least squares.
    """
    neurons = unit_neurons(x, *grid(x)).T
    both = np.concatenate([-neurons, neurons])
    level = -1.0 - both @ y / decay
    matrix = np.concatenate([both.T, level[None]])
    aim = np.append(np.zeros(len(x)), 1.0)
    residual = matrix @ nnls(matrix, aim)[0] - aim
    way = -residual[:-1] / residual[-1]
    return 0.5 * (y @ y - decay**2 * way @ way)


def cost(x, y, decay, optimum):
    """The penalised loss of the optimum's spline, with the constant as neurons."""
    length = np.abs(optimum.delta_slope) * np.hypot(1.0, optimum.breakpoint)
    misses = optimum.evaluate(x) - y
    return 0.5 * misses @ misses + decay * (length.sum() + abs(optimum.constant))


def some_data(seed):
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(-2, 2, rng.integers(1, 9))) + rng.choice([0.0, 0.0, 3.0])
    return x, rng.normal(size=len(x)) * 10 ** rng.uniform(-1, 1)


def least_decay_for_nothing(x, y):
    return np.max(np.abs(peaks(x, y).value))


@pytest.mark.parametrize("first", range(0, 100, 10))
def test_a_generic_solver_finds_no_less_and_comes_as_near_as_its_grid(first):
    for seed in range(first, first + 10):
        x, y = some_data(seed)
        decay = least_decay_for_nothing(x, y) * 10 ** np.random.default_rng(seed).uniform(-3, 0)
        optimum = global_optimum(x, y, decay)
        assert 0 <= optimum.gap <= 1e-8 * optimum.objective
        assert cost(x, y, decay, optimum) == pytest.approx(optimum.objective, rel=1e-10)
        found, floor = generic(x, y, decay), optimum.objective - optimum.gap
        # A neuron between two of the grid's is a sum of them that costs at most 1/cos of half their distance more.
        assert floor - 1e-9 * floor <= found <= optimum.objective / np.cos(np.pi / ANGLES) + 1e-9 * floor


@pytest.mark.parametrize("seed", range(10))
def test_zero_is_optimal_from_the_largest_pull_on(seed):
    x, y = some_data(seed)
    threshold = least_decay_for_nothing(x, y)
    nothing, something = (global_optimum(x, y, share * threshold) for share in (1 + 1e-9, 1 - 1e-4))
    assert len(nothing.breakpoint) == 0 == nothing.constant
    assert nothing.objective == pytest.approx(0.5 * y @ y, rel=1e-12)
    assert len(something.breakpoint) or something.constant
    assert something.objective < 0.5 * y @ y


@pytest.mark.parametrize("seed", range(5))
def test_the_certificate_is_one_at_its_knots_and_nowhere_more(seed):
    x, y = some_data(seed + 10)
    decay = 0.05 * least_decay_for_nothing(x, y)
    optimum = global_optimum(x, y, decay)
    force = (y - optimum.evaluate(x)) / decay
    assert np.max(np.abs(peaks(x, force).value)) == pytest.approx(1, abs=1e-5)
    at_knots = certificate(x, force, optimum.breakpoint, optimum.orientation)
    np.testing.assert_allclose(at_knots, np.sign(optimum.orientation * optimum.delta_slope), atol=1e-5)


def test_peaks_are_the_largest_over_a_fine_circle():
    theta = np.linspace(-np.pi / 2, 1.5 * np.pi, 20001)
    for seed in range(20):
        x, force = some_data(seed)
        found = peaks(x, force)
        np.testing.assert_allclose(unit_neurons(x, found.breakpoint, found.side).T @ force, found.value, atol=1e-12)
        circle = np.maximum(np.outer(np.cos(theta), x) + np.sin(theta)[:, None], 0) @ force
        assert np.max(np.abs(circle)) <= np.max(np.abs(found.value)) * (1 + 1e-12)
        assert np.max(np.abs(circle)) >= np.max(np.abs(found.value)) * (1 - 1e-3)


@pytest.mark.parametrize("size", [1e-9, 1e9])
def test_other_units_of_y_change_nothing_but_units(size):
    x, y = some_data(3)
    decay = 0.02 * least_decay_for_nothing(x, y)
    plain, other = global_optimum(x, y, decay), global_optimum(x, size * y, size * decay)
    np.testing.assert_allclose(other.evaluate(x), size * plain.evaluate(x), rtol=1e-6)
    assert other.objective == pytest.approx(size**2 * plain.objective, rel=1e-8)


def test_rows_of_one_x_count_as_rows():
    x, _ = some_data(4)
    rows = np.random.default_rng(0).normal(size=(3, len(x)))
    optimum = global_optimum(np.tile(x, 3), rows.ravel(), 0.3)
    mean = global_optimum(x, rows.mean(axis=0), 0.1)
    np.testing.assert_allclose(optimum.evaluate(x), mean.evaluate(x), atol=1e-6)
    assert cost(np.tile(x, 3), rows.ravel(), 0.3, optimum) == pytest.approx(optimum.objective, rel=1e-10)


def test_one_sample_takes_one_neuron_along_it():
    optimum = global_optimum([0.75], [2.0], 0.5)
    # The unit neuron of largest output points at (x, 1) and gives √(1 + x²) = 1.25; then soft thresholding.
    assert optimum.evaluate([0.75])[0] == pytest.approx(2.0 - 0.5 / 1.25, rel=1e-12)
    np.testing.assert_allclose(optimum.breakpoint, [-1 / 0.75])
    assert optimum.objective == pytest.approx(0.5 * 0.4**2 + 0.5 * (2.0 - 0.5 / 1.25) / 1.25, rel=1e-12)


def test_constants_are_neurons_whose_breakpoints_are_at_infinity():
    optimum = global_optimum([-1.0, 0.0, 1.0], [1.0, 1.0, 1.0], 0.3)
    assert len(optimum.breakpoint) == 0
    assert optimum.constant == pytest.approx(0.9, rel=1e-12)
    assert optimum.objective == pytest.approx(0.5 * 3 * 0.01 + 0.3 * 0.9, rel=1e-12)


def test_an_output_bias_is_cheaper_while_it_is_small():
    optimum = global_optimum([-1.0, 0.0, 1.0], [1.0, 1.0, 1.0], 0.3, output_bias=True)
    bias = 3 / 3.3  # of least ½·3(1 − c)² + ½·0.3c², below 1, where a neuron would be no dearer
    assert optimum.constant == pytest.approx(bias, rel=1e-12)
    assert optimum.objective == pytest.approx(1.5 * (1 - bias) ** 2 + 0.15 * bias**2, rel=1e-12)


@pytest.mark.parametrize("shift", [10.0, 100.0, 1e4])
def test_data_off_centre_reach_the_same_gap(shift):
    x = np.linspace(-1, 1, 12) + shift
    optimum = global_optimum(x, np.sin(4 * (x - shift)), 1e-4)
    assert optimum.gap <= 1e-8


@pytest.mark.parametrize("decay", [1e-9, 1e-7, 1e-5, 1e-3])
def test_decay_however_small_leads_to_interpolants(decay):
    x = np.linspace(-1, 1, 15)
    y = np.cos(3 * x)
    optimum = global_optimum(x, y, decay)
    assert optimum.gap <= 1e-8
    assert np.max(np.abs(optimum.evaluate(x) - y)) <= 100 * decay


@pytest.mark.parametrize(
    ("x", "y", "decay", "words"),
    [
        ([], [], 0.1, "no sample"),
        ([0.0, 1.0], [0.0], 0.1, "one y per x"),
        ([0.0, np.nan], [0.0, 1.0], 0.1, r"`x\[1\]`"),
        ([0.0], [1.0], 0.0, "`weight_decay` = 0.0"),
        ([0.0], [1.0], -1, "`weight_decay` = -1"),
        ([0.0], [1.0], np.inf, "`weight_decay` = inf"),
        ([0.0], [1.0], "much", "`weight_decay`"),
    ],
)
def test_bad_input_is_told_in_a_line(x, y, decay, words):
    with pytest.raises(InputError, match=words) as told:
        global_optimum(x, y, decay)
    assert "\n" not in str(told.value)
