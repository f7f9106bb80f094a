"""Initialisations: their variances, symmetries and reproducibility."""

import numpy as np
import pytest
from scipy import stats

from pipeline import InputError
from pipeline.model.initialization import DISTRIBUTIONS, SCALINGS, Scaling, initialize

WIDE = 40_000


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
@pytest.mark.parametrize("scaling", [name for name, row in SCALINGS.items() if type(row) is Scaling])
def test_variances_are_those_of_the_scaling(scaling, distribution):
    network = initialize(WIDE, scaling, distribution, bias_ratio=0.5)
    sigma_w, sigma_v = SCALINGS[scaling].deviations(WIDE)
    for values, sigma in ((network.w, sigma_w), (network.b, sigma_w / 2), (network.v, sigma_v)):
        assert abs(values.mean()) < 5 * sigma / np.sqrt(WIDE)
        assert values.std() == pytest.approx(sigma, rel=5 / np.sqrt(2 * WIDE))


def test_pytorch_stays_within_its_bounds():
    network = initialize(WIDE, "pytorch", "uniform")
    assert 0.99 < np.abs(network.w).max() <= 1
    assert np.abs(network.v).max() <= 1 / np.sqrt(WIDE)


def test_normal_breakpoints_are_cauchy():
    """Sahs et al. on random initialisations: β is Cauchy(0, σ_b / σ_w)."""
    network = initialize(4000, bias_ratio=2.0, seed=3)
    assert stats.kstest(-network.b / network.w, stats.cauchy(scale=2).cdf).pvalue > 0.01


def test_he_roughness():
    """Sahs et al. on random initialisations: Σμ² has mean 4 and variance 128/m."""
    m = 500
    roughness = [np.sum((n.w * n.v) ** 2) for n in (initialize(m, "he", seed=seed) for seed in range(400))]
    assert np.mean(roughness) == pytest.approx(4, abs=4 * np.sqrt(128 / m / 400))
    assert np.var(roughness) == pytest.approx(128 / m, rel=0.5)


def test_same_seed_same_network_and_other_seed_another():
    a, b, c = (initialize(20, seed=seed) for seed in (7, 7, 8))
    assert (a.w == b.w).all()
    assert (a.v == b.v).all()
    assert (a.w != c.w).all()


def test_seed_zero_is_the_same_network_everywhere():
    """PCG64 and its normal variates are fixed by NumPy's compatibility policy."""
    expected = np.sqrt(2) * np.array([0.12573022, -0.13210486, 0.64042265])
    np.testing.assert_allclose(initialize(3, seed=0).w, expected, rtol=1e-7)


def test_layer_ratio_keeps_the_function_and_scale_squares_it():
    x = np.linspace(-2, 2, 41)
    plain = initialize(30, seed=1)
    ratio = initialize(30, layer_ratio=3.0, seed=1)
    np.testing.assert_allclose(ratio.evaluate(x), plain.evaluate(x), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(ratio.w, 3 * plain.w)
    np.testing.assert_allclose(initialize(30, scale=0.1, seed=1).evaluate(x), 0.01 * plain.evaluate(x), atol=1e-14)


def test_balanced_has_zero_delta():
    network = initialize(50, balanced=True)
    np.testing.assert_allclose(network.v**2 - network.w**2 - network.b**2, 0, atol=1e-14)
    assert {-1, 1} == set(np.sign(network.v))


def test_antisymmetric_starts_at_exactly_zero():
    network = initialize(50, antisymmetric=True)
    assert (network.w[:25] == network.w[25:]).all()
    assert (network.v[:25] == -network.v[25:]).all()
    np.testing.assert_allclose(network.evaluate(np.linspace(-3, 3, 13)), 0, atol=1e-15)
    with pytest.raises(InputError, match=r"`width` = 7"):
        initialize(7, antisymmetric=True)


def test_zero_bias_ratio_puts_all_breakpoints_at_zero():
    assert (initialize(9, bias_ratio=0.0).b == 0).all()
