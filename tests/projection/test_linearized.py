"""The frozen-kernel flow against the linear ODE it solves, and against networks that hardly move."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.linalg import expm

from pipeline import Data, Network, gradient_flow
from pipeline.model.initialization import initialize
from pipeline.projection.linearized import integrated_decay, inverse, linearized_flow, linearized_limit, start_kernels
from pipeline.projection.predictions import kernel_path, smoothing_spline, smoothing_strengths
from pipeline.projection.prior import Prior
from pipeline.projection.run_on_samples import RunOnSamples
from pipeline.projection.zeta import Zeta
from tests.projection.courses import course, frozen, jacobian, odd_data, odd_network, random_data, random_network

GRID = np.linspace(-2, 2.5, 61)


@pytest.mark.parametrize("case", [(random_network(30, 1), random_data()), (odd_network(), odd_data())])
def test_it_is_the_linear_model_trained_on_all_rows(case):
    """θ' = −Jᵀ(f₀ + J(θ − θ₀) − y), solved by the matrix exponential of the system with a constant."""
    network, data = case
    seen = course([network] * 4, data)  # at t = 0, 1, 2, 3
    rows, points = jacobian(network, data.x), jacobian(network, GRID)
    residual = network.evaluate(data.x) - data.y
    size = rows.shape[1]
    system = np.zeros((size + 1, size + 1))
    system[:size, :size], system[:size, size] = -rows.T @ rows, -rows.T @ residual
    found = linearized_flow(seen, GRID)
    for frame in range(4):
        moved = expm(system * frame)[:size, size]
        np.testing.assert_allclose(found[frame], network.evaluate(GRID) + points @ moved, atol=1e-9)


def test_start_is_the_network():
    network = random_network(30, 2)
    np.testing.assert_allclose(
        linearized_flow(course(network, random_data()), GRID)[0], network.evaluate(GRID), atol=1e-12
    )


def test_integrated_decay_has_its_limits():
    decay = integrated_decay(np.array([0.0, -1e-18, 1e-300, 2.0, 1e200]), np.array([5.0, 6.0, 1e9]))
    np.testing.assert_allclose(decay[0], 0)
    np.testing.assert_allclose(decay[1], [1, 1, 1, (1 - np.exp(-2)) / 2, 1e-200], rtol=1e-14)
    np.testing.assert_allclose(decay[2, 3], 0.5)


@pytest.mark.parametrize("case", [(random_network(30, 1), random_data()), (odd_network(), odd_data())])
def test_its_limit_is_where_it_comes_to_rest(case):
    network, data = case
    seen = RunOnSamples.of(replace(frozen([network] * 2, data), t=np.array([0.0, 1e12])))
    np.testing.assert_allclose(linearized_limit(seen, GRID), linearized_flow(seen, GRID)[1], atol=1e-6)


def test_the_limit_meets_what_can_be_learnt_and_starts_from_what_is_there():
    network, data = random_network(400, 1), random_data(repeats=0)
    seen = course([network] * 2, data)
    np.testing.assert_allclose(linearized_limit(seen, data.x), data.y, atol=1e-7)
    met = course([network] * 2, Data(data.x, network.evaluate(data.x)))
    np.testing.assert_allclose(linearized_limit(met, GRID), network.evaluate(GRID), atol=1e-12)


def test_what_is_never_learnt_is_left():
    np.testing.assert_array_equal(inverse(np.array([-1e-16, 0.0, 1e-13, 0.5, 2.0])), [0, 0, 0, 2, 0.5])
    np.testing.assert_array_equal(inverse(np.zeros(2)), [0, 0])


def test_a_very_wide_network_follows_it():
    x, distances = np.linspace(-1, 1, 6), []
    for m in (64, 4096):
        start = initialize(m, antisymmetric=True, seed=0)
        seen = RunOnSamples.of(gradient_flow(start, Data(x, np.cos(3 * x)), [0, 0.05, 0.3, 1.0], rtol=1e-6))
        distances.append(np.abs(linearized_flow(seen, GRID) - seen.spline.evaluate(GRID)).max())
    assert distances[1] < 1e-3
    assert distances[1] < 0.05 * distances[0]


def test_output_layer_training_is_exactly_linear():
    data = random_data(8, repeats=2)
    flow = gradient_flow(initialize(40, seed=1), data, [0, 0.5, 5, 50], rtol=1e-9, train="output")
    seen = RunOnSamples.of(flow)
    found = linearized_flow(seen, GRID, hidden=False)
    np.testing.assert_allclose(found, seen.spline.evaluate(GRID), atol=1e-6)


def test_output_bias_learns():
    data = random_data(8, repeats=2)
    flow = gradient_flow(initialize(40, seed=1), data, [0, 0.5, 5], rtol=1e-9, train="output", output_bias=True)
    seen = RunOnSamples.of(flow)
    found = linearized_flow(seen, GRID, hidden=False, output_bias=True)
    np.testing.assert_allclose(found, seen.spline.evaluate(GRID), atol=1e-6)


def test_early_stopping_is_a_smoothing_spline():
    """Output layer of 20,000 neurons whose breakpoints fill more than the samples: λ = 1/(mζ(0)t).

    The ridge ½Σε² + ‖Δv‖²/(2t) is that spline, to what so many random breakpoints are apart from their density. The
    flow damps its modes by 1 − e^(−st) where the ridge has st/(1 + st): 0.2 apart at most.
    """
    x, m, rng = np.linspace(-1, 1, 9), 20_000, np.random.default_rng(0)
    start = Network(rng.uniform(-1, 1, m), rng.uniform(-4, 4, m), np.zeros(m))
    times, y = np.concatenate([[0.0], np.geomspace(1e-2, 1e2, 5)]), np.cos(3 * x)
    flow = RunOnSamples.of(replace(frozen([start] * 6, Data(x, y)), t=times))
    zeta = Zeta.of_prior(Prior("uniform", 1 / np.sqrt(3), 4 / np.sqrt(3), 1.0, m))
    smooth = smoothing_spline(flow.samples, x, smoothing_strengths(times, m, zeta), zeta)[1:]
    kernel, _ = start_kernels(flow, x, hidden=False)
    ridge = [kernel @ np.linalg.solve(kernel + np.eye(9) / time, y) for time in times[1:]]
    np.testing.assert_allclose(ridge, smooth, atol=0.02)
    found = linearized_flow(flow, x, hidden=False)[1:]
    np.testing.assert_allclose(found, smooth, atol=0.22)
    np.testing.assert_allclose(found[-1], smooth[-1], atol=2e-3)
    path = kernel_path(flow.samples, x, smoothing_strengths(times, m, zeta), zeta)[1:]
    np.testing.assert_allclose(found, path, atol=0.02)
