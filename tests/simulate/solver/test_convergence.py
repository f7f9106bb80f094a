"""A flow has converged where nothing more is to come but rounding, or weights that decay to 0."""

import numpy as np
import pytest

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow


def normal(m, seed=0):
    return np.random.default_rng(seed).normal(size=(3, m))


def test_a_network_that_weight_decay_takes_to_zero_has_converged():
    """From λ on that outweighs the data no neuron can stay; the loss is then that of f = 0."""
    data = Data([0.0, 1.0], [1.0, 2.0])
    run = gradient_flow(Network([1.0], [0.5], [1.0]), data, [0.0, 100.0], weight_decay=10.0)
    assert run.outcome.startswith("converged")
    assert run.loss[-1] == pytest.approx(2.5, abs=1e-5)


def test_a_dead_neuron_that_decays_has_converged():
    run = gradient_flow(Network([1.0], [-5.0], [1.0]), Data([0.0, 1.0], [1.0, 2.0]), [0.0, 1000.0], weight_decay=1.0)
    assert run.outcome.startswith("converged")


@pytest.mark.parametrize("decay", [0.01, 0.1, 1.0, 3.0, 10.0, 30.0])
def test_with_weight_decay_all_networks_converge(decay):
    """Some neurons fade, others stay; the flow holds still where ten times the time changes no more than rtol."""
    x = np.linspace(-1, 1, 9)
    network, data = Network(*normal(30)), Data(x, np.sin(4 * x))
    run, longer = (gradient_flow(network, data, [t / decay], weight_decay=decay) for t in (1e3, 1e4))
    assert run.outcome.startswith("converged")
    grid = np.linspace(-1.1, 1.1, 50)
    assert np.max(np.abs(run.network(0).evaluate(grid) - longer.network(0).evaluate(grid))) < 1e-5


def test_a_small_network_under_weak_decay_has_not_converged():
    """It hardly shows in f, but its neurons grow: λ is less than what the data pull with."""
    x = np.linspace(-1, 1, 9)
    network, data = Network(*(1e-7 * normal(30))), Data(x, np.sin(4 * x))
    run = gradient_flow(network, data, [0.0, 1.0, 1000.0], weight_decay=0.1)
    assert run.loss[1] > 0.999 * run.loss[0]
    assert run.loss[2] < 0.5 * run.loss[0]


@pytest.mark.parametrize(("low", "high"), [(10, 11), (100, 110)])
def test_convergence_is_recognised_under_rounding(low, high):
    """Stiff residuals that are no more than rounding seem to move f for ever, and fast, from the least-squares line."""
    x = np.linspace(low, high, 9)
    data = Data(x, np.sin(4 * x))
    run = gradient_flow(Network(*normal(30)), data, [1e4])
    assert run.outcome.startswith("converged")
    line = np.polynomial.Polynomial.fit(x, data.y, 1)(x)
    assert np.max(np.abs(run.network(0).evaluate(x) - line)) < 1e-5
