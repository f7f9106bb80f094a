"""Densities integrate to 1 and are those of what `initialize` draws."""

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import cumulative_trapezoid, quad

from pipeline import InputError
from pipeline.model.initialization import initialize
from pipeline.projection.densities import (
    breakpoint_density,
    breakpoint_law,
    delta_slope_density,
    joint_density,
    law_distance,
)
from pipeline.projection.prior import Prior

INITS = [
    {"scaling": "he", "distribution": "normal"},
    {"scaling": "pytorch", "distribution": "uniform"},
    {"scaling": "glorot", "distribution": "normal", "bias_ratio": 0.3, "scale": 2.0, "layer_ratio": 3.0},
    {"scaling": "ntk", "distribution": "uniform", "bias_ratio": 2.0, "scale": 0.5},
    {"distribution": "normal", "balanced": True, "bias_ratio": 0.5},
    {"distribution": "uniform", "balanced": True, "bias_ratio": 2.0},
]
DRAWN = [init for init in INITS if not init.get("balanced")]


def drawn(init: dict) -> tuple[np.ndarray, np.ndarray]:
    """β and μ of 100,000 neurons of an initialisation of 50."""
    many = [initialize(50, seed=seed, **init) for seed in range(2000)]
    w, b, v = (np.concatenate([getattr(network, key) for network in many]) for key in "wbv")
    return -b / w, w * v


def cdf_on(points: np.ndarray, density: np.ndarray):
    """A distribution function from a density on fine points that hold nearly all of it."""
    mass = cumulative_trapezoid(density, points, initial=0)
    return lambda x: np.interp(x, points, mass / mass[-1])


@pytest.mark.parametrize("init", INITS)
def test_breakpoints_are_those_drawn(init):
    prior = Prior.of_init(50, **init)
    total = quad(lambda beta: breakpoint_density(prior, beta), 0, np.inf, points=None)[0]
    np.testing.assert_allclose(2 * total, 1, rtol=1e-6)
    beta, _ = drawn(init)
    points = np.tan(np.linspace(-1.57, 1.57, 400_001))
    # The substitution holds all but 5e-4 of either tail.
    assert stats.kstest(beta[::4], cdf_on(points, breakpoint_density(prior, points))).pvalue > 1e-3


@pytest.mark.parametrize("init", DRAWN)
def test_delta_slopes_are_those_drawn(init):
    prior = Prior.of_init(50, **init)
    scale = prior.sigma_w * prior.sigma_v
    reach = 40 * scale if prior.distribution == "normal" else 3 * scale
    total = quad(lambda root: 2 * root * delta_slope_density(prior, root**2), 0, np.sqrt(reach))[0]
    np.testing.assert_allclose(2 * total, 1, rtol=1e-6)
    points = np.concatenate([-np.geomspace(reach, 1e-9 * scale, 20_001), np.geomspace(1e-9 * scale, reach, 20_001)])
    _, mu = drawn(init)
    assert stats.kstest(mu[::4], cdf_on(points, delta_slope_density(prior, points))).pvalue > 1e-3


@pytest.mark.parametrize("init", INITS)
def test_joint_density_is_that_drawn(init):
    """Through p(μ | β): its distribution function at the drawn pairs is uniform."""
    prior = Prior.of_init(50, **init)
    beta, mu = (values[::50] for values in drawn(init))
    inner = np.abs(beta) < 20
    beta, mu = beta[inner][:, None], mu[inner]
    share = np.linspace(0, 1, 2001)
    given = joint_density(prior, beta, share * np.abs(mu)[:, None]) / breakpoint_density(prior, beta)
    below = np.trapezoid(given, share, axis=1) * np.abs(mu)
    assert stats.kstest(2 * below, "uniform").pvalue > 1e-3


@pytest.mark.parametrize("init", INITS)
def test_joint_density_integrates_to_the_breakpoints(init):
    prior = Prior.of_init(50, **init)
    for place in (0.0, 0.1, -0.7, 3.0, 50.0):
        width = breakpoint_density(prior, place) / joint_density(prior, place, 0.0)
        half = quad(lambda mu, place=place: joint_density(prior, place, mu), 0, 20 * width, points=[width / 2, width])
        np.testing.assert_allclose(2 * half[0], breakpoint_density(prior, place), rtol=1e-6)


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
def test_joint_density_integrates_to_the_delta_slopes(distribution):
    prior = Prior(distribution, 1.2, 0.7, 0.4)
    for mu in (0.01, 0.1, 0.5):
        whole = 2 * quad(lambda beta, mu=mu: joint_density(prior, beta, mu), 0, np.inf, limit=500)[0]
        np.testing.assert_allclose(whole, delta_slope_density(prior, mu), rtol=1e-6)


def test_at_the_origin_and_far_out():
    for distribution in ("normal", "uniform"):
        prior = Prior(distribution, 1, 1, 1)
        assert np.isposinf(delta_slope_density(prior, np.array([0.0, -0.0]))).all()
        assert delta_slope_density(prior, 1e4) == 0
        assert np.isfinite(joint_density(prior, np.array([0.0, 1e8]), 0.0)).all()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(("normal", 1, 0, 1), "sigma_b"), (("cauchy", 1, 1, 1), "cauchy"), (("normal", -1, 1, 1), "sigma_w")],
)
def test_impossible_priors_are_refused(arguments, word):
    with pytest.raises(InputError, match=word):
        Prior(*arguments)
    with pytest.raises(InputError, match="balanced"):
        delta_slope_density(Prior("normal", 1, 1, 1, balanced=True), 0.1)


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
def test_the_law_of_breakpoints_is_the_integral_of_their_density(distribution):
    prior = Prior(distribution, 1.0, 2.0, 1.0, 10)
    beta = np.array([-np.inf, -7.0, -1.0, 0.0, 0.3, np.inf])
    expected = [quad(lambda at: float(breakpoint_density(prior, at)), -np.inf, end, limit=200)[0] for end in beta[1:]]
    np.testing.assert_allclose(breakpoint_law(prior, beta), [0, *expected], atol=1e-3)


def test_breakpoints_at_the_middles_of_equal_shares_are_nearest_to_their_law():
    prior = Prior("normal", 1.0, 1.0, 1.0, 10)
    middles = np.tan(np.pi * ((np.arange(10) + 0.5) / 10 - 0.5))
    np.testing.assert_allclose(law_distance(prior, np.stack([middles, middles + 1e9])), [0.05, 1], atol=1e-3)
