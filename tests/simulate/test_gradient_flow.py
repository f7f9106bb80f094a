"""Gradient flow against independent solutions, conserved quantities and cases worked by hand."""

import numpy as np
import pytest

from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow


def random_case(seed, m=12, rows=7):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, rows)
    x[3] = x[2]
    data = Data(x, np.sin(4 * x) + 0.3 * rng.normal(size=rows))
    return Network(rng.normal(size=m), rng.normal(size=m), 0.5 * rng.normal(size=m)), data


def functions(trajectory, x):
    return np.stack([trajectory.network(k).evaluate(x) for k in range(len(trajectory.t))])


def descend(network, data, times, rate):
    """Plain gradient descent with the dense formula, sampled at times."""
    w, b, v = network.w.copy(), network.b.copy(), network.v.copy()
    states, done = [], 0
    for time in times:
        while done < round(time / rate):
            z = np.multiply.outer(data.x, w) + b
            active = (z > 0).astype(float)
            force = np.maximum(z, 0) @ v - data.y
            total, total_x = force @ active, (force * data.x) @ active
            w, b, v = w - rate * v * total_x, b - rate * v * total, v - rate * (force @ np.maximum(z, 0))
            done += 1
        states.append(Network(w, b, v))
    return states


@pytest.mark.parametrize("seed", range(3))
def test_agrees_with_gradient_descent_in_small_steps(seed):
    network, data = random_case(seed)
    times, x = np.array([0, 0.5, 1, 1.5]), np.linspace(-1.2, 1.2, 400)
    f = functions(gradient_flow(network, data, times, 1e-7), x)
    gaps = [
        max(
            np.max(np.abs(state.evaluate(x) - row))
            for state, row in zip(descend(network, data, times, rate), f, strict=True)
        )
        for rate in (1e-3, 2.5e-4)
    ]
    assert gaps[0] < 5e-3
    assert gaps[1] < 0.5 * gaps[0]


@pytest.mark.parametrize("seed", range(6))
def test_keeps_invariants(seed):
    network, data = random_case(seed)
    run = gradient_flow(network, data, np.linspace(0, 20, 50))
    invariant = run.v**2 - run.w**2 - run.b**2
    assert np.max(np.abs(invariant - invariant[0])) < 1e-12


@pytest.mark.parametrize("rtol", [1e-3, 1e-5])
def test_keeps_invariants_in_every_frame(rtol):
    """Whatever happens in a step: neurons that pass samples and then die, or come to w = b = 0."""
    for seed in range(200):
        rng = np.random.default_rng(seed)
        m, rows = rng.integers(1, 41), rng.integers(2, 15)
        network = Network(*(rng.choice([0.3, 1.0]) * rng.normal(size=(3, m))))
        data = Data(rng.uniform(-1, 1, rows), rng.normal(size=rows))
        run = gradient_flow(network, data, np.linspace(0, 20, 101), rtol)
        invariant, size = run.v**2 - run.w**2 - run.b**2, run.v**2 + run.w**2 + run.b**2
        assert np.max(np.abs(invariant - invariant[0]) / np.max(size, axis=0)) < 1e-10


@pytest.mark.parametrize("seed", range(6))
def test_loss_never_rises(seed):
    network, data = random_case(seed)
    run = gradient_flow(network, data, np.linspace(0, 20, 200))
    assert np.max(np.diff(run.loss)) <= 1e-9 * run.loss[0]


def test_same_input_gives_the_same_bits():
    network, data = random_case(1)
    first, second = (gradient_flow(network, data, np.linspace(0, 8, 40)) for _ in range(2))
    assert all(np.array_equal(getattr(first, name), getattr(second, name)) for name in ("w", "b", "v", "held", "loss"))


@pytest.mark.parametrize("seed", [0, 7])  # in 0 a neuron goes on from w = b = 0 held by another sample
def test_held_breakpoints_stand_at_their_sample(seed):
    network, data = random_case(seed)
    run = gradient_flow(network, data, np.linspace(0, 8, 200))
    frame, neuron = np.nonzero(run.held >= 0)
    assert len(frame) > 0
    beta = -run.b[frame, neuron] / run.w[frame, neuron]
    assert np.allclose(beta, data.x[run.held[frame, neuron]], rtol=0, atol=1e-9)


def test_frames_may_repeat_and_start_late():
    network, data = random_case(2)
    run = gradient_flow(network, data, [0.5, 0.5, 1.0, 1.0])
    alone = gradient_flow(network, data, [0.0, 0.25, 0.5, 1.0])
    assert np.array_equal(run.w[0], run.w[1])
    assert np.array_equal(run.w[0], alone.w[2])
    assert np.array_equal(run.w[3], alone.w[3])


@pytest.mark.parametrize(
    "arguments",
    [
        {"times": []},
        {"times": [-1.0]},
        {"times": [1.0, 0.5]},
        {"times": [1.0], "rtol": 0.0},
        {"times": [1.0], "train": "everything"},
        {"times": [1.0], "weight_decay": -1.0},
    ],
)
def test_unusable_arguments_are_named(arguments):
    network, data = random_case(0)
    with pytest.raises(InputError):
        gradient_flow(network, data, **arguments)
