"""Roughness, variation, knots and curvature against the functions they describe."""

import numpy as np
import pytest

from pipeline import Network, project
from pipeline.model.initialization import initialize
from pipeline.projection import curvature, statistics
from tests.projection.courses import frozen, odd_data, odd_network, random_data, random_network


def spline_of(*networks: Network):
    return project(frozen(list(networks), random_data()))


def hat() -> Network:
    return Network([1, 1, 1], [1, 0, -1], [1, -2, 1])


def test_hand_worked_hat():
    spline = spline_of(hat())
    knots = statistics.merge_knots(spline)
    assert statistics.roughness(spline).tolist() == [6]
    assert (knots.x.tolist(), knots.jump.tolist()) == ([[-1, 0, 1]], [[1, -2, 1]])
    assert statistics.path_norm(spline).tolist() == statistics.total_variation(knots).tolist() == [4]
    assert statistics.piece_slopes(spline).tolist() == [[0, 1, -1, 0]]
    assert statistics.share_inside(spline, -0.5, 1).tolist() == [2 / 3]
    np.testing.assert_allclose(statistics.effective_knots(knots, -2, 2), 16 / 6)
    np.testing.assert_allclose(statistics.effective_knots(knots, 0.5, 2), 1)


def test_hand_worked_claims_of_the_hat():
    """Knots at −1, 0 and 1; f is 0 at −1 and 1 and 1 at 0, and rises first of two windows that are equally steep."""
    spline = spline_of(hat())
    assert statistics.share_at(spline, np.array([-3.0, 0.0, 0.98]), 0.05).tolist() == [3 / 4]
    assert statistics.share_at(spline, np.array([0.0]), 0.0).tolist() == [1 / 2]
    assert statistics.largest_kink(statistics.merge_knots(spline)).tolist() == [2]
    assert statistics.overshoot(spline, np.array([-1.0, 0.0, 1.0]), 0.75).tolist() == [0.25]
    place = statistics.steepest_place(spline, -1.5, 1.5, 1.0)
    np.testing.assert_allclose(np.abs(place), 0.5, atol=0.01)


def test_hand_worked_share_of_what_is_held():
    """Of |μ| = 1, 2, 1 the middle one is held; where nothing bends nothing is."""
    size = np.array([[1.0, 2.0, 1.0], [0.0, 0.0, 0.0]])
    assert statistics.share_of(size, np.array([[False, True, False]] * 2)).tolist() == [0.5, 0]
    assert statistics.share_of(size, np.ones((2, 3), dtype=bool)).tolist() == [1, 0]


def test_hand_worked_detour():
    """The hat rises 1 above its own values at −2 and 2, and nowhere above those at its knots; at ±0.5, to ½, by ½."""
    for samples, expected in (([-2.0, 2.0], 1.0), ([-1.0, 0.0, 1.0], 0.0), ([-0.5, 0.5], 0.5), ([0.5], 0.0)):
        assert statistics.detour(spline_of(hat()), np.array(samples)).tolist() == [expected]


@pytest.mark.parametrize("seed", range(3))
def test_a_detour_is_of_what_no_sample_sees(seed):
    """A polygon whose knots are the samples adds nothing to it, and a fine grid finds no more."""
    data = np.sort(np.random.default_rng(seed).uniform(-1, 1, 6))
    network = random_network(20, seed)
    bent = Network(*(np.concatenate(parts) for parts in _plus_polygon(network, data)))
    found = [statistics.detour(spline_of(one), data) for one in (network, bent)]
    np.testing.assert_allclose(found[1], found[0], rtol=1e-9)
    x = np.linspace(data[0], data[-1], 2001)
    looked = np.abs(network.evaluate(x) - np.interp(x, data, network.evaluate(data))).max()
    assert 0.98 * found[0][0] < looked <= found[0][0] + 1e-12


def _plus_polygon(network: Network, knots: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(network.w, np.ones(len(knots))), (network.b, -knots), (network.v, np.arange(1.0, 1 + len(knots)))]


def test_hand_worked_spread_of_knots():
    """Knots at −1, 0 and 1 with |μ| = 1, 2, 1; a breakpoint at infinity counts by |v b|."""
    none = Network([0], [1], [1])
    far = Network([1, 1, 1, 0], [1, 0, -1, 2], [1, -2, 1, 1])
    spreads = [statistics.knot_spread(frozen([one], random_data()), 0.0)[0] for one in (hat(), far, none)]
    assert spreads == [2 / 4, 4 / 4, 0]


def test_nothing_that_bends_has_no_share_at_samples():
    flat = spline_of(Network([1, 1], [1, 0], [0, 0]))
    assert statistics.share_at(flat, np.array([0.0]), 1.0).tolist() == [0]


def test_merged_knots_sum_their_jumps_and_stay_sorted():
    spline = spline_of(Network([1, -1, 1, 1], [0.5, -0.5, -1, -1.0001], [1, 2, 3, 4]))
    exact = statistics.merge_knots(spline)
    assert exact.x.tolist() == [[-0.5, 1, 1.0001, np.inf]]
    assert exact.count.tolist() == [[2, 1, 1, 0]]
    assert exact.jump.tolist() == [[3, 3, 4, 0]]
    merged = statistics.merge_knots(spline, tolerance=1e-3)
    assert merged.count.tolist() == [[2, 2, 0, 0]]
    assert merged.jump.tolist() == [[3, 7, 0, 0]]


def test_antisymmetric_networks_have_no_knots_to_see():
    spline = spline_of(initialize(20, antisymmetric=True))
    knots = statistics.merge_knots(spline)
    assert statistics.total_variation(knots).tolist() == [0]
    assert statistics.effective_knots(knots, -np.inf, np.inf).tolist() == [0]
    assert statistics.path_norm(spline)[0] > 1
    assert sorted(knots.count[0]) == [0] * 10 + [2] * 10


@pytest.mark.parametrize("tolerance", [0.0, 0.05])
def test_merged_knots_are_those_of_every_frame(tolerance):
    spline = spline_of(*(random_network(40, seed) for seed in range(3)))
    merged = statistics.merge_knots(spline, tolerance)
    for frame in range(3):
        order = np.argsort(spline.breakpoint[frame])
        beta, jump = spline.breakpoint[frame, order], spline.slope_jump[frame, order]
        groups = np.split(np.arange(40), np.flatnonzero(np.diff(beta) > tolerance) + 1)
        found = len(groups)
        np.testing.assert_allclose(merged.x[frame, :found], [beta[group].mean() for group in groups], rtol=1e-13)
        np.testing.assert_allclose(merged.jump[frame, :found], [jump[group].sum() for group in groups], atol=1e-13)
        assert merged.count[frame].sum() == 40
        assert np.isposinf(merged.x[frame, found:]).all()


def test_slopes_are_those_of_the_function():
    spline = spline_of(random_network(15, 4))
    beta, slopes = statistics.sorted_knots(spline)[0][0], statistics.piece_slopes(spline)[0]
    ends = np.concatenate([[beta[0] - 2], beta, [beta[-1] + 2]])
    third, two_thirds = ends[:-1] + np.diff(ends) / 3, ends[1:] - np.diff(ends) / 3
    rise = spline.evaluate_frame(0, two_thirds) - spline.evaluate_frame(0, third)
    np.testing.assert_allclose(rise / (two_thirds - third), slopes, atol=1e-9)


def test_neurons_without_breakpoint_have_no_knots():
    spline = project(frozen([odd_network()], odd_data()))
    knots = statistics.merge_knots(spline)
    assert knots.count.sum() == np.isfinite(spline.breakpoint).sum()
    assert statistics.piece_slopes(spline)[0, 0] == spline.left_slope[0]
    only = spline_of(Network([0.0], [1.0], [1.0]))
    assert statistics.merge_knots(only).x.tolist() == [[np.inf]]
    assert curvature.bending_energy(only, 0, 1, 0.1).tolist() == [0]


def test_smoothed_curvature_is_the_mean_of_f_second():
    spline, x, h = spline_of(random_network(25, 5), random_network(25, 6)), np.linspace(-2, 2, 41), 0.3
    ends = np.concatenate([x + h / 2, x - h / 2])
    step = 1e-7
    slope = (spline.evaluate(ends + step) - spline.evaluate(ends - step)) / (2 * step)
    expected = (slope[:, :41] - slope[:, 41:]) / h
    np.testing.assert_allclose(curvature.smoothed_curvature(spline, x, h), expected, atol=1e-5)


def test_bending_energy_is_the_integral_of_its_square():
    spline = spline_of(random_network(25, 5), random_network(25, 6))
    x = np.linspace(-1, 1.5, 400_001)
    middle = 0.5 * (x[1:] + x[:-1])
    square = curvature.smoothed_curvature(spline, middle, 0.2) ** 2
    expected = square.sum(axis=1) * (x[1] - x[0])
    np.testing.assert_allclose(curvature.bending_energy(spline, -1, 1.5, 0.2), expected, rtol=1e-4)
    # One kink of size 1 averaged over h: ∫(1/h)² over a width of h.
    np.testing.assert_allclose(curvature.bending_energy(spline_of(Network([1], [0], [1])), -1, 1, 0.1), 10)


def test_bending_energy_of_a_parabola():
    """Many small kinks of a sampled x²: f'' = 2."""
    beta = np.linspace(-3, 3, 3001)
    spline = spline_of(Network(np.ones(3001), -beta, np.full(3001, 2 * 0.002)))
    np.testing.assert_allclose(curvature.bending_energy(spline, -1, 1, 0.1), 8, rtol=2e-3)


def test_he_roughness_has_mean_4_and_variance_128_over_m():
    """Sahs et al. on random initialisations: within 4 standard errors."""
    m, runs = 400, 300
    rough = statistics.roughness(spline_of(*(initialize(m, seed=seed) for seed in range(runs))))
    variance = 128 / m
    assert abs(rough.mean() - 4) < 4 * np.sqrt(variance / runs)
    assert abs(rough.var() / variance - 1) < 0.5
