"""The closed flows in (β, μ) and (r, θ) against the gradient in (w, b, v) pushed through the projection."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from pipeline import Data, Network, gradient_flow
from pipeline.model.initialization import initialize
from pipeline.projection import polar, spline_flow
from pipeline.projection.activity import active_runs
from pipeline.projection.run_on_samples import RunOnSamples
from tests.projection.courses import course, loss_gradient, odd_data, odd_network, random_data, random_network


@pytest.mark.parametrize("scale", [(1, 1, 1), (10, 10, 0.01), (0.01, 0.01, 10), (1e-5, 1e-5, 1e-5)])
def test_closed_flow_is_the_projected_gradient(scale):
    """β' = −(b'w − bw')/w², μ' = w'v + wv' with (w, b, v)' = −∇L; δ of both signs, far and near 0."""
    rng = np.random.default_rng(1)
    w, b, v = rng.normal(size=(3, 60)) * np.array(scale)[:, None]
    network, data = Network(w, b, v), random_data()
    dw, db, dv = (-part for part in loss_gradient(network, data))
    beta_rate, mu_rate = spline_flow.velocities(course(network, data))
    np.testing.assert_allclose(beta_rate[0], (b * dw - w * db) / w**2, rtol=1e-9, atol=1e-12 * np.abs(beta_rate).max())
    np.testing.assert_allclose(mu_rate[0], dw * v + w * dv, rtol=1e-9, atol=1e-12 * np.abs(mu_rate).max())


@pytest.mark.parametrize("scale", [(1, 1, 1), (10, 10, 0.01), (0.01, 0.01, 10)])
def test_polar_flow_is_the_gradient_in_polar_form(scale):
    rng = np.random.default_rng(2)
    w, b, v = rng.normal(size=(3, 60)) * np.array(scale)[:, None]
    network, data = Network(w, b, v), random_data()
    dw, db, dv = (-part for part in loss_gradient(network, data))
    rho = np.hypot(w, b)
    radius_rate, angle_rate = polar.polar_velocities(course(network, data))
    expected = dv * rho + v * (w * dw + b * db) / rho
    np.testing.assert_allclose(radius_rate[0], expected, rtol=1e-9, atol=1e-12 * np.abs(expected).max())
    expected = (w * db - b * dw) / rho**2
    np.testing.assert_allclose(angle_rate[0], expected, rtol=1e-9, atol=1e-12 * np.abs(expected).max())


def test_single_layers_learn():
    network, data = random_network(20, 3), random_data()
    w, b, v = network.w, network.b, network.v
    dw, db, dv = (-part for part in loss_gradient(network, data))
    seen = course(network, data)
    beta_rate, mu_rate = spline_flow.velocities(seen, hidden=False)
    assert not beta_rate.any()
    np.testing.assert_allclose(mu_rate[0], w * dv, atol=1e-10)
    beta_rate, mu_rate = spline_flow.velocities(seen, output=False)
    np.testing.assert_allclose(beta_rate[0], (b * dw - w * db) / w**2, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(mu_rate[0], v * dw, atol=1e-10)
    radius_rate, angle_rate = polar.polar_velocities(seen, hidden=False)
    np.testing.assert_allclose(radius_rate[0], dv * np.hypot(w, b), atol=1e-10)
    assert not angle_rate.any()


def test_squared_norms_keep_their_digits():
    """v = 1, ‖(w, b)‖ = 1e-9 and the other way round: δ ± 1 is all that plain subtraction would see."""
    small, large = spline_flow.squared_norms(np.array(1e-9), np.array(1.0))
    np.testing.assert_allclose([small, large], [1e-18, 1], rtol=1e-14)
    large, small = spline_flow.squared_norms(np.array(1e-9), np.array(-1.0))
    np.testing.assert_allclose([small, large], [1e-18, 1], rtol=1e-14)
    assert spline_flow.squared_norms(np.array(0.0), np.array(0.0)) == (0, 0)


def test_odd_neurons_move_as_their_weights_do():
    """No warning, nothing lost: w = 0 has μ' = v w', dead neurons rest, a sample on a breakpoint is out."""
    network, data = odd_network(), odd_data()
    dw, db, dv = (-part for part in loss_gradient(network, data))
    seen = course(network, data)
    beta_rate, mu_rate = spline_flow.velocities(seen)
    np.testing.assert_allclose(mu_rate[0], dw * network.v + network.w * dv, atol=1e-12)
    plain = np.isfinite(seen.spline.breakpoint[0]) & (np.abs(network.w) > 1e-100)
    expected = (network.b * dw - network.w * db)[plain] / network.w[plain] ** 2
    np.testing.assert_allclose(beta_rate[0, plain], expected, atol=1e-12)
    assert not beta_rate[0, np.isinf(seen.spline.breakpoint[0])].any()
    for rates in polar.polar_velocities(seen):
        assert np.isfinite(rates).all()
    assert np.isfinite(spline_flow.gradient_norm(seen)).all()


def test_gradient_norm():
    network, data = random_network(30, 3), random_data()
    expected = np.linalg.norm(np.concatenate(loss_gradient(network, data)))
    seen = course(network, data)
    np.testing.assert_allclose(spline_flow.gradient_norm(seen), [expected], rtol=1e-13)
    bias = np.sum(network.evaluate(data.x) - data.y)
    with_bias = spline_flow.gradient_norm(seen, output_bias=True)
    np.testing.assert_allclose(with_bias, [np.hypot(expected, bias)], rtol=1e-13)


def test_held_neurons_slide_along_their_sample():
    """The velocity of (w, b) less its part that would move z(xₙ): w' = (w'− xb')/(1 + x²), b' = −xw'."""
    data = Data([-1.0, 0.2, 0.9], [1.0, -1.0, 2.0])
    network = Network([1.5, -0.8], [-0.3, 0.16], [0.7, 1.1])
    dw, db, dv = (-part for part in loss_gradient(Network([1.5, -0.8], [-0.3 - 1e-13, 0.16 - 1e-13], [0.7, 1.1]), data))
    along = (dw - 0.2 * db) / (1 + 0.2**2)
    seen = course(network, data, held=[[1, 1]])
    beta_rate, mu_rate = spline_flow.velocities(seen)
    assert not beta_rate.any()
    np.testing.assert_allclose(mu_rate[0], along * network.v + network.w * dv, atol=1e-12)
    speed = np.sqrt(np.sum((1 + 0.2**2) * along**2 + dv**2))
    np.testing.assert_allclose(spline_flow.gradient_norm(seen), [speed], rtol=1e-12)
    radius_rate, angle_rate = polar.polar_velocities(seen)
    rho = np.hypot(network.w, network.b)
    expected = dv * rho + network.v * (network.w * along - 0.2 * network.b * along) / rho
    np.testing.assert_allclose(radius_rate[0], expected, atol=1e-12)
    assert not angle_rate.any()


@pytest.mark.parametrize("scale", [0.3, 1.0])
def test_simulated_trajectory_moves_at_the_closed_velocity(scale):
    """Central differences of the projection of gradient_flow: of every neuron whose active set stays the same."""
    data, start, step = random_data(8, repeats=2), initialize(24, scale=scale, seed=4), 1e-5
    for time in (0.02, 1.0, 20.0):
        seen = RunOnSamples.of(gradient_flow(start, data, [time - step, time, time + step], rtol=1e-10))
        held = seen.trajectory.held
        steady = (np.ptp(seen.runs.start, axis=0) == 0) & (np.ptp(seen.runs.stop, axis=0) == 0)
        steady &= np.ptp(held, axis=0) == 0
        # One that died on an edge sample lies on it to rounding, which may call the sample in: it is left out.
        on_sample = np.abs(seen.breakpoint[1][:, None] - data.x).min(axis=1) < 1e-12
        steady &= (held[1] >= 0) | ~on_sample
        assert steady.sum() >= 20
        values = seen.breakpoint, seen.spline.delta_slope
        for value, rate in zip(values, spline_flow.velocities(seen), strict=True):
            difference = (value[2] - value[0]) / (2 * step)
            size = 1 + np.abs(rate[1]).max()
            np.testing.assert_allclose(difference[steady], rate[1, steady], atol=1e-6 * size)


def test_closed_flow_integrates_to_the_network_flow():
    """(β, μ) followed with δ alone ends where (w, b, v) does."""
    network = initialize(6, seed=3)
    data, end = random_data(6, repeats=2), 0.05
    seen = RunOnSamples.of(gradient_flow(network, data, [0, end], rtol=1e-11))
    m, side, delta = 6, seen.spline.orientation[0], seen.imbalance[0]
    x, y, weight, _ = seen.samples

    def rates(_, state):
        beta, mu = state[:m], state[m:]
        z = side * (x[:, None] - beta)
        value = np.sum(mu * (x[:, None] - beta) * (z > 0), axis=1)
        runs = active_runs(beta, side, False, x)
        sums = spline_flow.residual_sums(seen.samples, value - y, runs)
        return np.concatenate(spline_flow.spline_velocity(beta, mu, delta, *sums))

    start = np.concatenate([seen.spline.breakpoint[0], seen.spline.delta_slope[0]])
    finish = solve_ivp(rates, (0, end), start, method="LSODA", rtol=1e-11, atol=1e-12).y[:, -1]
    assert weight.sum() == len(data)
    np.testing.assert_allclose(finish[:m], seen.spline.breakpoint[1], rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(finish[m:], seen.spline.delta_slope[1], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("side", [-1, 1])
def test_vector_field_is_the_velocity_of_a_neuron_put_there(side):
    network, data = random_network(12, 5), random_data()
    seen = course(network, data)
    beta, mu, delta = np.linspace(-2, 2.5, 9), np.linspace(-2, 2, 5), 0.4
    field = spline_flow.vector_field(seen.samples, seen.residual[0], beta, mu, delta, side)
    assert field.shape == (2, 5, 9)
    assert np.isfinite(field).all()
    for j in range(9):
        for i in (0, 1, 3, 4):
            h2 = 1 + beta[j] ** 2
            squared = (np.sqrt(4 * mu[i] ** 2 * h2 + delta**2) - delta) / 2 / h2
            w = side * np.sqrt(squared)
            v = mu[i] / w
            active = side * (data.x - beta[j]) > 0
            residual = (network.evaluate(data.x) - data.y) * active
            r0, r1 = residual.sum(), residual @ data.x
            expected = v / w * (r0 + beta[j] * r1), -(v**2 + squared) * r1 + squared * beta[j] * r0
            np.testing.assert_allclose(field[:, i, j], expected, rtol=1e-9, atol=1e-11)


def test_vector_field_on_the_axis():
    """μ = 0 is no division by zero: β' is 0 where δ ≥ 0 (w = 0) and where δ < 0 (v = 0)."""
    data = odd_data()
    seen = course(odd_network(), data)
    beta = np.concatenate([data.x, [1e200, -1e300]])
    for delta in (-1.0, 0.0, 1.0, 1e-300):
        field = spline_flow.vector_field(seen.samples, seen.residual[0], beta, np.array([-1.0, 0.0, 1e-200]), delta, 1)
        assert not np.isnan(field).any()
        assert not field[0, 1].any()


def test_alignment_is_that_of_the_sum():
    """Two neurons one way and one of their whole length against them; a right angle; none that is not 0."""
    radius, angle = np.array([[1.0, -1.0, 2.0], [1.0, 1.0, 0.0], [0.0, 0.0, 0.0]]), np.zeros((3, 3))
    angle[0, 2], angle[1, 1] = np.pi, np.pi / 2
    np.testing.assert_allclose(polar.alignment(radius, angle), [0, np.sqrt(0.5), 0], atol=1e-15)
