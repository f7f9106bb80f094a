"""What kinks cost in sharpness: floors below what they bound, reached at their edge, and found by other solvers."""

import numpy as np
import pytest
from scipy.optimize import linprog

from pipeline import Data, Network
from pipeline.projection.activity import merge_samples
from pipeline.projection.hessian import hessian_spectra
from pipeline.projection.stable_minima import (
    interpolation_floor,
    one_sided,
    residual_curvature,
    sensitivity,
    sharpness_floor,
    weighted_variation,
)
from pipeline.projection.statistics import merge_knots
from tests.projection.courses import course, jacobian, random_data, random_network


@pytest.mark.parametrize("seed", range(8))
def test_each_bound_is_below_what_it_bounds(seed):
    run = course([random_network(m, seed) for m in (12, 12)], random_data(seed=seed))
    rows, knots = len(run.trajectory.x), merge_knots(run.spline)
    bent = 2 * rows * weighted_variation(run.samples, knots.x, knots.jump)
    floor, spare = sharpness_floor(run), residual_curvature(run)
    largest = hessian_spectra(run, "network")[:, 0]
    network = random_network(12, seed)
    gauss_newton = np.linalg.norm(jacobian(network, run.trajectory.x), 2) ** 2
    assert 0 < bent[0] <= floor[0] <= gauss_newton
    assert abs(largest[0] - gauss_newton) <= spare[0] * (1 + 1e-12)


def test_one_balanced_neuron_and_one_sample_reach_the_floor():
    """v²(1 + x²) = z²: both squares of the mean are equal, and nothing is lost."""
    z, x = 3.0, 2.0
    run = course(Network([1.0], [z - x], [z / np.hypot(1.0, x)]), Data([x], [0.0]))
    assert sharpness_floor(run)[0] == pytest.approx(2 * z**2, rel=1e-14)
    gauss_newton = np.sum(jacobian(Network([1.0], [z - x], [z / np.hypot(1.0, x)]), np.array([x])) ** 2)
    assert gauss_newton == pytest.approx(2 * z**2, rel=1e-14)


def test_the_floor_is_of_the_spline_alone():
    network, data = random_network(9, 3), random_data()
    factor = np.exp(np.linspace(-2, 2, 9))
    other = Network(network.w * factor, network.b * factor, network.v / factor, network.c)
    floors = [sharpness_floor(course(each, data))[0] for each in (network, other)]
    assert floors[0] == pytest.approx(floors[1], rel=1e-12)
    run = course(network, data)
    cost = (
        2
        * len(data.x)
        * np.abs(run.spline.delta_slope)
        @ one_sided(run.samples, run.breakpoint[0], run.spline.orientation[0])
    )
    assert floors[0] == pytest.approx(cost[0], rel=1e-12)


def test_kinks_cost_nothing_outside_the_samples_and_most_among_them():
    samples = merge_samples(np.linspace(-1, 1, 11), np.zeros(11))
    cost = sensitivity(samples, np.array([-1.5, -1.0, -0.95, 0.0, 0.95, 1.0, 1.5]))
    np.testing.assert_array_equal(cost[[0, 1, 5, 6]], 0)
    assert cost[3] > 10 * cost[2] > 0
    np.testing.assert_allclose(cost, cost[::-1], rtol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_no_knots_anywhere_interpolate_at_less(seed):
    """A program over knots on a fine grid between samples finds nothing below, and comes as near as its grid."""
    rng = np.random.default_rng(seed)
    samples = merge_samples(np.sort(rng.uniform(-1, 2, 7)), rng.normal(size=7))
    ends = samples.x[[0, -1]]
    place = np.unique(np.concatenate([np.linspace(ends[0] - 3, ends[1] + 3, 400), samples.x - 1e-9, samples.x + 1e-9]))
    sides = [np.full(place.shape, side) for side in (1, -1)]
    outputs = np.concatenate([np.maximum(s[0] * (samples.x[:, None] - place), 0.0) for s in sides], axis=1)
    cost = 2 * 7 * np.concatenate([one_sided(samples, place, s) for s in sides])
    found = linprog(np.tile(cost, 2), A_eq=np.concatenate([outputs, -outputs], axis=1), b_eq=samples.y).fun
    floor = interpolation_floor(samples)
    assert floor <= found * (1 + 1e-9)
    assert floor == pytest.approx(found, rel=1e-5)
    assert interpolation_floor(samples._replace(y=-3 * samples.y)) == pytest.approx(3 * floor, rel=1e-9)


def test_nothing_to_fit_needs_no_sharpness_and_one_sample_a_constant_or_a_kink():
    assert interpolation_floor(merge_samples([0.0, 1.0], [0.0, 0.0])) == 0
    assert interpolation_floor(merge_samples([2.0], [3.0])) == pytest.approx(6 * np.hypot(1, 2))
