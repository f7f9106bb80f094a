"""Waves: what is left of them, when half is, and the power of the kernel's eigenvalues."""

import numpy as np
import pytest

from pipeline import Data, Network
from pipeline.model.initialization import initialize
from pipeline.projection.activity import merge_samples
from pipeline.projection.statistics import half_time
from pipeline.projection.wave_learning import (
    decay_half_time,
    kernel_exponent,
    predicted,
    predicted_half_time,
    rates,
    squared_frequency,
    unlearnt,
)
from tests.projection.courses import course

X = np.linspace(-1, 1, 129)


def wave(count: int, layer_ratio: float = 1.0, width: int = 800):
    network = initialize(width, scaling="uniform_breakpoints", layer_ratio=layer_ratio, samples=X)
    return course(network, Data(X, np.sin(np.pi * count * X)))


def test_what_is_left_is_all_of_it_at_f_0_and_nothing_where_it_is_met():
    nothing = course(Network([1.0], [0.0], [0.0]), Data(X, np.sin(X)))
    assert unlearnt(nothing)[0] == pytest.approx(1)
    met = course(Network([1.0], [2.0], [3.0]), Data(X, 3 * (X + 2)))
    assert unlearnt(met)[0] < 1e-14
    assert unlearnt(course(Network([1.0], [2.0], [3.0]), Data([0.0], [0.0])))[0] == 0


@pytest.mark.parametrize("count", [1, 2, 4, 8])
def test_the_frequency_of_a_wave_is_found(count):
    samples = merge_samples(X, 0.3 * np.sin(np.pi * count * X))
    assert squared_frequency(samples) == pytest.approx((np.pi * count) ** 2, rel=0.02)
    assert squared_frequency(merge_samples([1.0], [2.0])) == 0


@pytest.mark.parametrize(("learns", "power"), [((False, True), 4), ((True, False), 2)])
def test_twice_the_frequency_takes_16_or_4_times_as_long(learns, power):
    times = [predicted_half_time(wave(count), *learns) for count in (2, 4, 8)]
    np.testing.assert_allclose(np.log2(np.divide(times[1:], times[:-1])), power, atol=0.05)


def test_rates_of_layers_add_and_the_ratio_of_layers_moves_them_apart():
    both, hidden, output = (rates(wave(4), *learns) for learns in ((True, True), (True, False), (False, True)))
    np.testing.assert_allclose(both, hidden + output, rtol=1e-14)
    np.testing.assert_allclose(rates(wave(4, 0.1), True, False), 100 * hidden, rtol=1e-10)
    np.testing.assert_allclose(rates(wave(4, 0.1), False, True), output / 100, rtol=1e-10)


def test_half_is_left_at_the_half_time():
    far = course(initialize(40, seed=1), Data(30 * X, np.sin(X)))  # rates from 1 to 900
    for run in (wave(4), far):
        when = np.array([predicted_half_time(run, True, True)])
        assert predicted(run, when, True, True)[0] == pytest.approx(0.5, rel=1e-9)
    t = np.linspace(0, 5, 41)
    assert half_time(t, np.exp(-t)) == pytest.approx(np.log(2), rel=1e-12)
    assert half_time(t, np.ones(41)) == np.inf
    assert predicted_half_time(wave(4), False, False) == np.inf


@pytest.mark.parametrize(("learns", "power"), [({"hidden": False}, 4), ({"output": False}, 2)])
@pytest.mark.parametrize("count", [4, 8])
def test_the_kernel_takes_longer_by_the_power_of_the_layer(learns, power, count):
    """Up to the ends of the stretch, where its vectors are no waves."""
    assert kernel_exponent(wave(count), np.sin(np.pi * count / 2 * X), **learns) == pytest.approx(power, rel=0.1)


def test_a_kernel_without_motion_has_no_power():
    assert kernel_exponent(course(Network([1.0], [-9.0], [3.0]), Data(X, X)), X) == 0
    assert decay_half_time(np.array([0.5, 0.0]), np.array([3.0, 0.0])) == pytest.approx(2 * np.log(2))
    assert decay_half_time(np.array([0.5, 0.0]), np.array([0.0, 1.0])) == np.inf
