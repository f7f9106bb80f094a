"""Flows and descents with other losses and activations, against the dense formula and SciPy."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.projection.polar import polar_velocities
from pipeline.projection.quantities import PREDICTIONS, QUANTITIES, compute
from pipeline.projection.run_on_samples import RunOnSamples
from pipeline.projection.scope import Scope
from pipeline.projection.settings import Settings
from pipeline.projection.spline import project
from pipeline.projection.spline_flow import gradient_norm, velocities
from pipeline.simulate.gradient_flow import gradient_flow, start_flow
from pipeline.simulate.learning_rate import kernel_trace
from pipeline.simulate.optimisers.gradient_descent import gradient_descent
from pipeline.simulate.solver.problem import make_problem
from pipeline.simulate.trajectory import Trajectory

SLOPES = {"relu": 0.0, "leaky_relu": 0.1, "abs": -1.0}
LOSSES = "squared", "logistic", "huber"


def derivatives(loss, f, y):
    """∂ℓ/∂f and ℓ at outputs f for labels y."""
    if loss == "squared":
        return f - y, 0.5 * (f - y) ** 2
    if loss == "logistic":
        return -y / (1 + np.exp(y * f)), np.log1p(np.exp(-y * f))
    r = f - y
    return np.clip(r, -1, 1), np.where(np.abs(r) <= 1, 0.5 * r * r, np.abs(r) - 0.5)


def gradient(theta, data, loss, slope, bias=False):
    """−∇L by the definition, row by row."""
    w, b, v = theta[:-1].reshape(3, -1)
    z = np.multiply.outer(data.x, w) + b
    bend = np.where(z > 0, 1.0, slope)
    force = derivatives(loss, (z * bend) @ v + theta[-1], data.y)[0]
    return -np.concatenate(
        [v * ((force * data.x) @ bend), v * (force @ bend), force @ (z * bend), [bias * force.sum()]]
    )


def samples(loss, seed, count=9, repeated=True):
    """Rows, some of them at one x with other labels."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.uniform(-1, 1, count), 2)
    x = np.concatenate([x, x[:3]]) if repeated else x
    y = rng.choice([-1.0, 1.0], len(x)) if loss == "logistic" else 2.0 * rng.normal(size=len(x))
    return Data(x, y)


@pytest.mark.parametrize("activation", SLOPES)
@pytest.mark.parametrize("loss", LOSSES)
def test_velocity_is_the_dense_formula(loss, activation):
    """Neurons that are active nowhere, everywhere and with w = 0 among them; rows at one x are merged."""
    data, slope = samples(loss, 1), SLOPES[activation]
    w, b, v = np.random.default_rng(2).normal(size=(3, 30))
    w[:4], b[:4] = (0.1, -0.1, 0.0, 0.0), (-3.0, 3.0, 1.0, -1.0)
    flow = start_flow(Network(w, b, v, 0.3), make_problem(data, 0.0, "all", True, slope, loss))
    dense = gradient(flow.theta, data, loss, slope, bias=True)
    np.testing.assert_allclose(flow.slope, dense, rtol=0, atol=1e-12 * np.abs(dense).max())


@pytest.mark.parametrize(
    ("loss", "activation"),
    [
        ("logistic", "relu"),
        ("huber", "relu"),
        ("squared", "abs"),
        ("squared", "leaky_relu"),
        ("logistic", "leaky_relu"),
    ],
)
def test_flow_without_switches_is_what_scipy_solves(loss, activation):
    """Breakpoints that stay between samples: a smooth flow, also through |f − y| = 1 of huber."""
    data, slope = samples(loss, 3), SLOPES[activation]
    rng = np.random.default_rng(4)
    w = rng.choice([-1.0, 1.0], 12) * rng.uniform(0.8, 1.2, 12)
    network = Network(30 * w, 30 * w * rng.uniform(2, 3, 12) * rng.choice([-1, 1], 12), 0.02 * rng.normal(size=12))
    times = np.array([0.0, 1e-3, 1e-2, 0.05])
    run = gradient_flow(network, data, times, rtol=1e-8, loss=loss, activation=activation)
    start = np.concatenate([network.w, network.b, network.v, [0.0]])
    dense = solve_ivp(
        lambda t, theta: gradient(theta, data, loss, slope),
        (0, times[-1]),
        start,
        "LSODA",
        times,
        rtol=1e-11,
        atol=1e-12,
    )
    found = np.concatenate([run.w, run.b, run.v, run.c[:, None]], axis=1)
    grid = np.linspace(-1, 1, 50)
    for k, state in enumerate(dense.y.T):
        exact = Network(*state[:-1].reshape(3, -1), state[-1], slope).evaluate(grid)
        assert np.abs(run.network(k).evaluate(grid) - exact).max() <= 1e-7 * np.abs(data.y).max(), k
        values = derivatives(loss, Network(*state[:-1].reshape(3, -1), 0.0, slope).evaluate(data.x), data.y)[1]
        assert run.loss[k] == pytest.approx(values.sum(), rel=1e-5)
    assert np.abs(found[-1] - found[0]).max() > 1e-3


@pytest.mark.parametrize(
    ("loss", "activation"),
    [("squared", "leaky_relu"), ("squared", "abs"), ("logistic", "relu"), ("huber", "relu"), ("logistic", "abs")],
)
def test_flow_is_where_small_steps_of_descent_go(loss, activation):
    """Across crossings, catches and releases; what is left of the difference shrinks with the step."""
    data, slope = samples(loss, 5, 6, repeated=loss != "squared"), SLOPES[activation]
    rng = np.random.default_rng(6)
    network = Network(*rng.normal(size=(3, 8)))
    run = gradient_flow(network, data, [0.0, 1.0], rtol=1e-7, loss=loss, activation=activation)
    grid, off = np.linspace(-1, 1, 50), []
    for steps in (4_000, 16_000):
        theta = np.concatenate([network.w, network.b, network.v, [0.0]])
        for _ in range(steps):
            theta += gradient(theta, data, loss, slope) / steps
        end = Network(*theta[:-1].reshape(3, -1), 0.0, slope).evaluate(grid)
        off.append(np.abs(run.network(-1).evaluate(grid) - end).max())
    assert off[1] < 0.5 * off[0]
    assert off[1] < 2e-3
    delta = run.v**2 - run.w**2 - run.b**2
    assert np.abs(delta[-1] - delta[0]).max() <= 1e-9 * (1 + np.abs(delta).max())


@pytest.mark.parametrize("activation", SLOPES)
@pytest.mark.parametrize("loss", LOSSES)
def test_descent_steps_by_the_dense_gradient(loss, activation):
    data, slope = samples(loss, 7), SLOPES[activation]
    network = Network(*np.random.default_rng(8).normal(size=(3, 9)))
    run = gradient_descent(network, data, 0.02 * np.arange(9), 0.02, loss=loss, activation=activation)
    theta = np.concatenate([network.w, network.b, network.v, [0.0]])
    for k in range(9):
        np.testing.assert_allclose(np.concatenate([run.w[k], run.b[k], run.v[k]]), theta[:-1], rtol=0, atol=1e-12)
        values = derivatives(loss, run.network(k).evaluate(data.x), data.y)[1]
        assert run.loss[k] == pytest.approx(values.sum(), rel=1e-12)
        theta += 0.02 * gradient(theta, data, loss, slope)


@pytest.mark.parametrize("loss", LOSSES)
def test_batches_of_all_rows_are_the_full_batch(loss):
    """Label noise too small to see makes batches of all rows, none of them merged."""
    data, network = samples(loss, 9), Network(*np.random.default_rng(10).normal(size=(3, 9)))
    whole = gradient_descent(network, data, [0.0, 0.5], 0.01, loss=loss)
    rows = gradient_descent(network, data, [0.0, 0.5], 0.01, loss=loss, label_noise=1e-14)
    np.testing.assert_allclose(rows.w, whole.w, atol=1e-11)
    np.testing.assert_allclose(rows.loss, whole.loss, rtol=1e-11)


@pytest.mark.parametrize("activation", SLOPES)
def test_kernel_trace_is_that_of_the_dense_kernel(activation):
    rng, slope = np.random.default_rng(11), SLOPES[activation]
    w, b, v = rng.normal(size=(3, 20))
    x = rng.uniform(-1, 1, 15)
    z = np.multiply.outer(x, w) + b
    bend = np.where(z > 0, 1.0, slope)
    dense = np.sum((v * bend) ** 2 * (1 + x[:, None] ** 2)) + np.sum((z * bend) ** 2)
    data = Data(x, np.sign(x))
    found = kernel_trace(Network(w, b, v, inactive=slope), data)
    assert found == pytest.approx(dense, rel=1e-12)
    assert kernel_trace(Network(w, b, v, inactive=slope), data, loss="logistic") == pytest.approx(dense / 4, rel=1e-12)
    flow = start_flow(Network(w, b, v, inactive=slope), make_problem(data, 0.0, "all", False, slope))
    theta, moment = flow.theta.reshape(-1)[:-1].reshape(3, -1), flow.problem.moment[:, flow.pattern]
    bound = np.sum(theta[2] ** 2 * (moment[0] + moment[2])) + np.sum(
        theta[0] ** 2 * moment[2] + 2 * theta[0] * theta[1] * moment[1] + theta[1] ** 2 * moment[0]
    )
    assert bound == pytest.approx(dense, rel=1e-12)


@pytest.mark.parametrize("activation", SLOPES)
def test_projection_is_the_network(activation):
    """Also neurons with w = 0 of either sign of b."""
    rng = np.random.default_rng(12)
    w, b, v = rng.normal(size=(3, 12))
    w[:2], b[:2] = 0.0, (0.7, -0.7)
    data = Data([-1.0, 0.0, 1.0], [1.0, -1.0, 1.0])
    run = gradient_flow(Network(w, b, v, 0.2), data, [0.0, 0.1], activation=activation)
    grid = np.linspace(-30, 30, 200)
    spline = project(run)
    for k in (0, 1):
        exact = run.network(k).evaluate(grid)
        np.testing.assert_allclose(spline.evaluate_frame(k, grid), exact, atol=1e-12 * np.abs(exact).max())


def test_logistic_flow_never_ends_and_its_loss_falls():
    """Labels that a line separates: f grows like ln t, and the loss falls like 1/t."""
    data = Data([-1.0, -0.5, 0.5, 1.0], [-1.0, -1.0, 1.0, 1.0])
    network = Network(*np.random.default_rng(13).normal(size=(3, 10)))
    run = gradient_flow(network, data, [0.0, 1e4, 1e5], loss="logistic")
    assert "not converged" in run.outcome
    assert 7 < run.loss[1] / run.loss[2] < 30


def test_more_of_what_cannot_be_used_is_told_in_one_line():
    network, data = Network([1.0], [0.0], [1.0]), Data([0.0, 1.0], [0.0, 1.0])
    with pytest.raises(InputError, match=r"y = 0 at x = 0 is no label of loss=logistic"):
        gradient_flow(network, data, [1.0], loss="logistic")
    labelled = replace(Data([0.0, 1.0], [-1.0, 1.0]), test=data)
    with pytest.raises(InputError, match=r"its test set: y = 0 at x = 0 is no label of loss=logistic"):
        gradient_flow(network, labelled, [1.0], loss="logistic")
    with pytest.raises(InputError, match="is not one of squared, logistic, huber"):
        gradient_descent(network, data, [1.0], loss="hinge")
    with pytest.raises(InputError, match="is not one of relu, leaky_relu, abs"):
        gradient_flow(network, data, [1.0], activation="gelu")
    for activation in (None, "abs"):
        with pytest.raises(InputError, match=r"^`leak` = 0\.3: is of activation=leaky_relu"):
            gradient_flow(network, data, [1.0], activation=activation, leak=0.3)
    with pytest.raises(InputError, match="is not above -1 and below 1"):
        gradient_flow(network, data, [1.0], activation="leaky_relu", leak=1.0)


@pytest.mark.parametrize("activation", ["leaky_relu", "abs"])
def test_terms_of_inactive_neurons_whose_rounding_hides_f_are_refused(activation):
    """Two of 1e14 that cancel; a ReLU has none there."""
    network, data = Network([1.0, 1.0], [-1e14, -1e14], [1.0, -1.0]), Data([0.0, 1.0], [0.0, 1.0])
    assert gradient_flow(network, data, [0.0]).loss[0] == 0.5
    with pytest.raises(InputError, match="f starts with terms of"):
        gradient_flow(network, data, [0.0], activation=activation)


@pytest.mark.parametrize("activation", SLOPES)
@pytest.mark.parametrize("loss", LOSSES)
def test_closed_flow_and_gradient_norm_are_those_of_the_gradient(loss, activation, tmp_path):
    """In (β, μ), with rows at one x; and a trajectory read back is of the same loss and activation."""
    data, slope = samples(loss, 14), SLOPES[activation]
    w, b, v = np.random.default_rng(15).normal(size=(3, 9))
    run = gradient_flow(Network(w, b, v), data, [0.0], loss=loss, activation=activation)
    run.save(tmp_path / "run.npz")
    run = Trajectory.load(tmp_path / "run.npz")
    assert (run.inactive, run.loss_name) == (slope, loss)
    dense = gradient(np.concatenate([w, b, v, [0.0]]), data, loss, slope)
    dw, db, dv = dense[:-1].reshape(3, -1)
    on_samples = RunOnSamples.of(run)
    np.testing.assert_allclose(gradient_norm(on_samples), [np.linalg.norm(dense)], rtol=1e-12)
    beta_rate, mu_rate = velocities(on_samples)
    np.testing.assert_allclose(beta_rate[0], -db / w + b * dw / w**2, rtol=1e-9)
    np.testing.assert_allclose(mu_rate[0], (1 - slope) * (dw * v + w * dv), rtol=1e-9, atol=1e-12)
    radius_rate, angle_rate = polar_velocities(on_samples)
    norm = np.hypot(w, b)
    np.testing.assert_allclose(radius_rate[0], dv * norm + v * (w * dw + b * db) / norm, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(angle_rate[0], (w * db - b * dw) / norm**2, rtol=1e-9, atol=1e-12)


def test_what_is_known_of_squares_and_relus_only_is_refused_for_others():
    data, network = Data([-1.0, 1.0], [-1.0, 1.0]), Network([1.0, -1.0], [0.5, 0.5], [1.0, 1.0])
    logistic = gradient_flow(network, data, [0.0, 1.0], loss="logistic")
    leaky = gradient_flow(network, data, [0.0, 1.0], activation="leaky_relu")
    with pytest.raises(InputError, match="hessian_rank is known of loss=squared only"):
        compute(["hessian_rank"], logistic, project(logistic))
    with pytest.raises(InputError, match="sharpness is known of loss=squared only"):
        compute(["sharpness"], logistic, project(logistic))
    with pytest.raises(InputError, match="global_optimum_distance is known of loss=squared only"):
        compute(["global_optimum_distance"], logistic, project(logistic), Settings(weight_decay=0.1))
    with pytest.raises(InputError, match="kernel_trace is known of activation=relu only"):
        compute(["kernel_trace"], leaky, project(leaky))
    assert compute(["kernel_trace"], logistic, project(logistic))["kernel_trace"][0] > 0
    assert not compute(["dead_count"], leaky, project(leaky))["dead_count"].any()


def test_how_far_a_prediction_is_is_known_of_the_runs_that_it_is_known_of():
    for name, row in PREDICTIONS.items():
        assert QUANTITIES[name].scope == QUANTITIES[f"{name}_distance"].scope == row.scope
    assert PREDICTIONS["global_optimum"].scope == Scope(squares=True, relu=True)


def test_loops_of_all_losses_and_activations_give_squares_of_relus_to_the_bit(monkeypatch):
    """What is compiled without the others, and what is compiled with them."""
    data, network = samples("squared", 16), Network(*np.random.default_rng(17).normal(size=(3, 20)))
    relu = gradient_flow(network, data, [0.0, 1.0, 3.0])
    monkeypatch.setattr("pipeline.simulate.solver.problem.unusual", lambda *_: (0.0, 0))
    same = gradient_flow(network, data, [0.0, 1.0, 3.0], activation="leaky_relu", leak=0.0)
    for name in ("w", "b", "v", "loss", "held"):
        np.testing.assert_array_equal(getattr(same, name), getattr(relu, name))


def test_at_the_optimum_of_decay_every_neuron_that_lives_has_a_certificate_of_one():
    """Of a convex loss |q| ≤ 1 everywhere says that it is the optimum; the flow comes to rest there."""
    data = Data([-1.0, -0.4, 0.3, 0.9], [1.0, -1.0, -1.0, 1.0])
    network = Network(*np.random.default_rng(23).normal(size=(3, 30)))
    run = gradient_flow(network, data, [0.0, 400.0], loss="logistic", weight_decay=0.1)
    found = compute(["neuron_certificate", "largest_certificate"], run, project(run), Settings(weight_decay=0.1))
    alive = np.abs(run.w[-1] * run.v[-1]) > 1e-3
    assert alive.any()
    np.testing.assert_allclose(np.abs(found["neuron_certificate"][-1][alive]), 1.0, atol=1e-3)
    assert found["largest_certificate"][-1] == pytest.approx(1.0, abs=1e-3)


def test_absolute_values_have_no_orientation():
    """Neurons turned around, (w, b) to −(w, b), go the same way turned around, through passes and holds."""
    data, (w, b, v) = samples("squared", 18), np.random.default_rng(19).normal(size=(3, 20))
    turned = np.where(np.arange(20) % 2, -1.0, 1.0)
    times = np.array([0.0, 0.5, 2.0])
    one = gradient_flow(Network(w, b, v), data, times, activation="abs")
    other = gradient_flow(Network(turned * w, turned * b, v), data, times, activation="abs")
    assert (one.held >= 0).any()
    np.testing.assert_array_equal(one.held, other.held)
    np.testing.assert_allclose(turned * other.w, one.w, atol=1e-6)
    np.testing.assert_allclose(other.v, one.v, atol=1e-6)


@pytest.mark.parametrize(
    ("loss", "activation", "options"),
    [
        ("logistic", "abs", {"weight_decay": 0.1, "output_bias": True}),
        ("huber", "leaky_relu", {"train": "hidden"}),
        ("squared", "abs", {"train": "output"}),
    ],
)
def test_decay_and_layers_are_those_of_descent(loss, activation, options):
    data, network = samples(loss, 20), Network(*np.random.default_rng(21).normal(size=(3, 10)))
    how = {"loss": loss, "activation": activation, **options}
    flow, descent = (
        run.network(-1)
        for run in (
            gradient_flow(network, data, [0.0, 1.0], **how),
            gradient_descent(network, data, [0.0, 1.0], 2e-5, **how),
        )
    )
    grid = np.linspace(-1, 1, 50)
    assert np.abs(flow.evaluate(grid) - descent.evaluate(grid)).max() <= 2e-4 * np.abs(data.y).max()


def test_of_many_samples_those_near_breakpoints_are_enough(monkeypatch):
    """Moments of what lies between breakpoints count with the slope of inactive neurons too."""
    rng = np.random.default_rng(22)
    x = np.sort(rng.uniform(-1, 1, 1500))
    data, network = Data(x, np.sin(4 * x) + rng.normal(size=1500)), Network(*(0.3 * rng.normal(size=(3, 10))))
    near = gradient_flow(network, data, [0.0, 0.05], rtol=1e-8, activation="leaky_relu", leak=-0.5)
    monkeypatch.setattr(f"{gradient_flow.__module__}.near_breakpoints", lambda whole, *_: whole)
    whole = gradient_flow(network, data, [0.0, 0.05], rtol=1e-8, activation="leaky_relu", leak=-0.5)
    grid = np.linspace(-1, 1, 50)
    assert np.abs(near.network(-1).evaluate(grid) - whole.network(-1).evaluate(grid)).max() <= 1e-7
