"""Passing, holding and release: by what pushes, by order of convergence, and for any input."""

import warnings
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.model.sources import standardize
from pipeline.simulate import gradient_flow as module
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.solver.flow import SWITCHES
from pipeline.simulate.solver.problem import make_problem


def functions(run, x):
    return np.stack([run.network(k).evaluate(x) for k in range(len(run.t))])


def pushes(network, data, neuron, n):
    """The speed of z at sample n with the sample out of the neuron's active set, and with it in."""
    x, force = data.x, network.evaluate(data.x) - data.y
    active = (x - x[n]) * network.w[neuron] > 0
    out = -network.v[neuron] * np.sum(force[active] * (x[n] * x[active] + 1))
    return out, out - network.v[neuron] * force[n] * (1 + x[n] ** 2)


def random_case(seed, m=8, rows=6):
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(-1, 1, rows))
    return Network(rng.normal(size=m), rng.normal(size=m), rng.normal(size=m)), Data(x, np.sin(4 * x))


@pytest.mark.parametrize("seed", [0, 4, 7])
def test_error_falls_with_the_tolerance_across_events(seed):
    """At least like rtol^(1/2)."""
    network, data = random_case(seed)
    times, x = np.linspace(0, 6, 61), np.linspace(-1.2, 1.2, 200)
    exact = functions(gradient_flow(network, data, times, 1e-11), x)
    errors = [
        np.max(np.abs(functions(gradient_flow(network, data, times, rtol), x) - exact)) for rtol in (1e-4, 1e-6, 1e-8)
    ]
    assert errors[1] < 0.15 * errors[0]
    assert errors[2] < 0.15 * errors[1]


@pytest.mark.parametrize("seed", range(6))
def test_held_between_two_pushes_and_released_when_one_ends(seed):
    network, data = random_case(seed)
    run = gradient_flow(network, data, np.linspace(0, 5, 2001), 1e-8)
    for k, i in zip(*np.nonzero(run.held[:-1] >= 0), strict=True):
        out, inside = pushes(run.network(k), data, i, run.held[k, i])
        assert out > -1e-4
        assert inside < 1e-4
        if run.held[k + 1, i] == -1 and np.hypot(run.w[k, i], run.b[k, i]) > 0.05:
            assert min(out, -inside) < 0.05


@pytest.mark.parametrize("seed", range(1, 5))  # in which some die
def test_neurons_that_die_are_dead_to_the_last_digit(seed):
    """They come to rest with z = 0 at their last sample, where rounding must not leave them active."""
    network, data = random_case(seed, m=40)
    flow = module.start_flow(network, module.make_problem(data, 0.0, "all", False))
    alive_at_first = flow.pattern != len(data)
    module.run(flow, module.new_frames(np.array([0.0, 20.0]), 40), 1e-5, 1.0, 100_000, None)
    died = alive_at_first & (flow.pattern == len(data))
    w, b, _ = flow.theta[:-1].reshape(3, -1)
    assert died.any()
    assert np.all(np.multiply.outer(data.x, w[died]) + b[died] <= 0)


def test_dead_neurons_do_not_move():
    network, data = random_case(0)
    dead = Network(np.append(network.w, 0.3), np.append(network.b, -2.0), np.append(network.v, 1.7))
    run = gradient_flow(dead, data, np.linspace(0, 20, 21))
    assert np.all(run.w[:, -1] == 0.3)
    assert np.all(run.b[:, -1] == -2.0)
    assert np.all(run.v[:, -1] == 1.7)


def test_nothing_alive_converges_at_once():
    run = gradient_flow(Network([1.0], [-5.0], [1.0]), Data([0.0, 1.0], [1.0, 2.0]), [0.0, 10.0])
    assert run.outcome == "converged at t = 0"


def test_converged_flow_stops_and_holds():
    network, data = random_case(1, m=30, rows=3)
    run = gradient_flow(network, data, [0.0, 1e6, 2e6])
    assert run.outcome.startswith("converged at")
    assert run.loss[-1] < 1e-9
    assert np.array_equal(run.w[1], run.w[2])


def small_case(m, scale):
    """Balanced neurons on three points, for which the flow ends at the least-squares line."""
    w, b = scale / np.sqrt(m) * np.random.default_rng(0).normal(size=(2, m))
    v = np.hypot(w, b) * np.where(np.arange(m) % 2, 1.0, -1.0)
    return Network(w, b, v), Data([-0.75, -0.5, 0.125], [1.1, 0.1, 0.8])


def test_a_minimum_that_does_not_fit_the_data_has_converged():
    run = gradient_flow(*small_case(200, 1e-3), [0.0, 1000.0, 2000.0])
    line = np.polynomial.Polynomial.fit(run.x, run.y, 1)(run.x)
    assert run.loss[-1] == pytest.approx(0.5 * np.sum((line - run.y) ** 2), abs=1e-6)
    assert run.outcome.startswith("converged at")


def test_a_plateau_has_not_converged():
    run = gradient_flow(*small_case(200, 1e-7), [0.0, 3.0])
    assert run.loss[-1] > 0.999 * run.loss[0]
    assert run.outcome.startswith("not converged")


def motorcycle():
    table = np.loadtxt(files("pipeline.model") / "datasets" / "motorcycle.csv", delimiter=",", skiprows=1)
    return standardize(Data(*table.T))


@pytest.mark.parametrize("m", [60, 100, 200, 500])
def test_motorcycle_has_not_converged_while_its_loss_falls(m):
    """Between holds and releases f hardly moves for long, which is no end: the loss falls by more than rtol."""
    w, b, v = np.random.default_rng(0).normal(size=(3, m))
    network = Network(np.sqrt(2) * w, b, np.sqrt(2 / m) * v)
    run = gradient_flow(network, motorcycle(), np.linspace(0, 300, 7), 1e-4)
    assert run.outcome.startswith("not converged")
    assert np.all(np.diff(run.loss) < -1e-4 * run.loss[-1])


def test_no_neuron_is_released_by_noise():
    """A loose tolerance leaves more of the stiff residuals, but no more releases (forty times as many, undamped)."""
    w, b, v = np.random.default_rng(0).normal(size=(3, 500))
    network, problem = Network(np.sqrt(2) * w, b, np.sqrt(2 / 500) * v), make_problem(motorcycle(), 0.0, "all", False)
    switches = []
    for rtol in (1e-3, 1e-5):
        flow = module.start_flow(network, problem)
        module.run(flow, module.new_frames(np.array([0.0, 30.0]), 500), rtol, 1.0, 100_000, None)
        switches.append(flow.clock[SWITCHES])
    assert switches[0] < 1.2 * switches[1]


number = st.floats(-3, 3, allow_nan=False).map(lambda value: round(value, 2))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(number, number, number), min_size=1, max_size=8),
    st.lists(st.tuples(st.sampled_from([-1.0, -0.5, 0.0, 0.25, 1.0]), number), min_size=1, max_size=8),
)
def test_any_network_and_data_stay_sound(neurons, rows):
    """Breakpoints on samples, repeated samples, w = 0, dead neurons: finite, invariants kept, loss falling."""
    w, b, v = np.array(neurons).T
    x, y = np.array(rows).T
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = gradient_flow(Network(w, b, v), Data(x, y), np.linspace(0, 10, 41), max_steps=100_000)
    for values in (run.w, run.b, run.v, run.loss):
        assert np.all(np.isfinite(values))
    invariant = run.v**2 - run.w**2 - run.b**2
    assert np.max(np.abs(invariant - invariant[0])) <= 1e-10 * max(1.0, np.max(np.abs(run.v)) ** 2)
    assert np.max(np.diff(run.loss)) <= 1e-8 * (run.loss[0] + 1.0)
