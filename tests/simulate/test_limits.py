"""What bounds a run: memory, steps, precision, stiffness, finite numbers."""

import tracemalloc

import numpy as np
import pytest

from pipeline.errors import InputError, SimulationError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate import gradient_flow as module
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.solver import stepping


def case(scale=1.0, m=20, rows=9):
    rng = np.random.default_rng(3)
    x = np.linspace(-1, 1, rows)
    return Network(rng.normal(size=m), rng.normal(size=m), rng.normal(size=m)), Data(x, scale * np.sin(4 * x))


def peak(end):
    tracemalloc.start()
    gradient_flow(*case(), np.linspace(0, end, 10))
    size = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return size


def test_memory_does_not_grow_with_time():
    gradient_flow(*case(), [0.0, 1.0])
    assert abs(peak(100.0) - peak(0.1)) < 20_000


def one_line(caught, *parts):
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith("t = ")
    for part in parts:
        assert part in message


def test_step_limit_says_when_and_what_helps():
    with pytest.raises(SimulationError) as caught:
        gradient_flow(*case(), [0.0, 100.0], max_steps=1)
    one_line(caught, "1 steps were not enough", "lower `times[-1]`", "raise `rtol`")


def test_state_that_is_not_finite_says_when_and_what_helps():
    with pytest.raises(SimulationError) as caught:
        gradient_flow(*case(scale=1e200), [0.0, 1.0])
    one_line(caught, "lower the scale of `network` or of `data`")


def test_being_stuck_says_when_and_what_helps(monkeypatch):
    monkeypatch.setattr(module.stepping, "advance", lambda *_: stepping.STUCK)
    with pytest.raises(SimulationError) as caught:
        gradient_flow(*case(), [0.0, 1.0])
    one_line(caught, "no step is short enough", "raise `rtol`")


def test_weight_decay_shrinks_the_invariants_and_agrees_with_small_steps():
    """d/dt (v² − w² − b²) = −2λ(v² − w² − b²); gradient descent with the same penalty converges to the flow."""
    from pipeline.simulate.optimisers.gradient_descent import gradient_descent

    (network, data), decay, times = case(), 0.3, np.array([0.0, 0.5, 1.0, 2.0])
    run = gradient_flow(network, data, times, 1e-8, weight_decay=decay)
    invariant = run.v**2 - run.w**2 - run.b**2
    assert np.allclose(invariant, np.exp(-2 * decay * times)[:, None] * invariant[0], rtol=0, atol=1e-10)
    gaps = [
        np.max(np.abs(gradient_descent(network, data, times, rate, weight_decay=decay).loss - run.loss))
        for rate in (1e-3, 1e-4)
    ]
    assert gaps[1] < 0.2 * gaps[0] < 0.2


def test_weights_beyond_double_precision_are_refused_before_any_step(monkeypatch):
    network, data = case()
    monkeypatch.setattr(module.stepping, "advance", None)
    with pytest.raises(InputError, match="double precision does not resolve `rtol` = 1e-05"):
        gradient_flow(Network(network.w, network.b, 1e10 * network.v), data, [0.0, 1.0])


def test_a_flow_too_stiff_to_end_is_given_up_early():
    """After a hundredth of the steps allowed, where a hundred times as many as allowed would be needed."""
    network, _ = case()
    x = np.linspace(0, 1e6, 9)
    with pytest.raises(SimulationError) as caught:
        gradient_flow(network, Data(x, np.sin(x)), [0.0, 1e3], max_steps=10_000)
    one_line(caught, "so stiff that about", "standardise `data`")


def test_where_no_time_passes_nothing_is_said_to_have_converged():
    run = gradient_flow(Network([1.0], [0.5], [1.0]), Data([0, 1], [1, 2]), [0, 0])
    assert run.outcome.startswith("no time passes")
    assert (run.w == 1).all()
