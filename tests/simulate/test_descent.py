"""Gradient descent, batches, momentum and Adam against the dense formula in NumPy."""

import inspect

import numpy as np
import pytest

from pipeline.errors import InputError, SimulationError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate import descent
from pipeline.simulate.batches import Batches
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.optimisers.adam import adam
from pipeline.simulate.optimisers.gradient_descent import gradient_descent
from pipeline.simulate.optimisers.table import DESCENT_KEYS, OPTIMISERS, USED_BY_ALL


def case(seed=0, m=10, rows=8):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, rows)
    x[2] = x[1]
    return Network(rng.normal(size=m), rng.normal(size=m), rng.normal(size=m), 0.2), Data(x, np.sin(4 * x))


def dense_gradient(theta, x, y, weight):
    w, b, v = theta[:-1].reshape(3, -1)
    z = np.multiply.outer(x, w) + b
    active, force = (z > 0).astype(float), weight * (np.maximum(z, 0) @ v + theta[-1] - y)
    return np.concatenate([v * ((force * x) @ active), v * (force @ active), force @ np.maximum(z, 0), [force.sum()]])


def start(network):
    return np.concatenate([network.w, network.b, network.v, [network.c]])


def end(run):
    return np.concatenate([run.w[-1], run.b[-1], run.v[-1], run.c[-1:]])


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_iterates_are_exact(momentum):
    network, data = case()
    theta, ball, rate, decay = start(network), 0.0, 0.01, 0.05
    for _ in range(200):
        ball = momentum * ball - dense_gradient(theta, data.x, data.y, 1.0) - decay * theta
        theta = theta + rate * ball
    run = gradient_descent(network, data, [0, 2.0], rate, momentum=momentum, weight_decay=decay, output_bias=True)
    assert np.allclose(end(run), theta, rtol=0, atol=1e-10)


def test_adam_is_the_published_rule():
    network, data = case()
    theta, first, second, rate = start(network), 0.0, 0.0, 0.01
    for k in range(1, 201):
        gradient = dense_gradient(theta, data.x, data.y, 1.0)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        theta = theta - rate * (first / (1 - 0.9**k)) / (np.sqrt(second / (1 - 0.999**k)) + 1e-8)
    run = adam(network, data, [2.0], rate, output_bias=True)
    assert np.allclose(end(run), theta, rtol=0, atol=1e-9)


def test_batches_with_noise_are_the_dense_formula():
    network, data = case()
    theta, rate = start(network), 0.005
    for rows, noise in zip(*Batches(len(data), 3, 0.1, 7).draw(100), strict=True):
        theta = theta - rate * dense_gradient(theta, data.x[rows], data.y[rows] + noise, len(data) / 3)
    run = gradient_descent(network, data, [0.5], rate, batch_size=3, label_noise=0.1, seed=7, output_bias=True)
    assert np.allclose(end(run), theta, rtol=0, atol=1e-10)


def test_an_epoch_shows_every_row_once():
    rows, _ = Batches(6, 2, 0.0, 0).draw(6)
    assert np.array_equal(np.sort(rows[:3].ravel()), np.arange(6))
    assert np.array_equal(np.sort(rows[3:].ravel()), np.arange(6))


@pytest.mark.parametrize(("rows", "size"), [(7, 3), (7, 4), (7, 6), (8, 5), (5, 5), (3, 1)])
def test_no_batch_holds_a_row_twice_and_every_epoch_has_all(rows, size):
    drawn, _ = Batches(rows, size, 0.0, 3).draw(rows * 20)
    assert all(len(set(batch)) == size for batch in drawn)
    counts = np.bincount(drawn.ravel(), minlength=rows)
    assert np.all(counts == 20 * size)
    seen = np.array([np.bincount(drawn[:k].ravel(), minlength=rows) for k in range(1, rows * 20)])
    assert np.max(np.ptp(seen, axis=1)) <= 2  # of one epoch and the next at most


def test_draws_do_not_depend_on_how_they_are_chunked():
    whole, parts = Batches(7, 3, 1.0, 1), Batches(7, 3, 1.0, 1)
    rows, noise = whole.draw(10)
    pieces = [parts.draw(4), parts.draw(6)]
    assert np.array_equal(rows, np.concatenate([piece[0] for piece in pieces]))
    assert np.array_equal(noise, np.concatenate([piece[1] for piece in pieces]))


def test_small_steps_follow_the_flow():
    network, data = case(1)
    flow = gradient_flow(network, data, [0, 1.0, 2.0], 1e-8)
    gaps = [
        np.max(np.abs(gradient_descent(network, data, [0, 1.0, 2.0], rate).loss - flow.loss)) for rate in (1e-3, 1e-4)
    ]
    assert gaps[1] < 0.2 * gaps[0]


def test_divergence_is_reported_at_its_iterate():
    network, data = case()
    with pytest.raises(SimulationError, match=r"iterate \d+ .*`learning_rate` from 5"):
        gradient_descent(network, data, [1000.0], 5.0, train="output")


def test_default_rate_descends():
    network, data = case()
    run = gradient_descent(network, data, np.linspace(0, 20, 50))
    assert np.all(np.diff(run.loss) <= 1e-12)
    assert "iterates at learning rate" in run.outcome


@pytest.mark.parametrize("train", ["hidden", "output"])
def test_only_the_chosen_layers_learn(train):
    network, data = case()
    for run in (
        adam(network, data, [1.0], 0.01, train=train, weight_decay=0.1),
        gradient_descent(network, data, [1.0], 0.01, train=train, weight_decay=0.1),
        gradient_flow(network, data, [1.0], train=train, weight_decay=0.1),
    ):
        assert np.array_equal(run.v[-1], network.v) == (train == "hidden")
        assert np.array_equal(run.w[-1], network.w) == (train == "output")


@pytest.mark.parametrize(
    "arguments",
    [
        {"learning_rate": 0.0},
        {"batch_size": 0},
        {"batch_size": 9},
        {"momentum": 1.0},
        {"label_noise": -1.0},
        {"train": "none"},
    ],
)
def test_unusable_arguments_are_named(arguments):
    with pytest.raises(InputError, match=f"`{next(iter(arguments))}`"):
        gradient_descent(*case(), [1.0], **arguments)


def test_the_loop_is_compiled_once_whichever_update_it_is_given():
    network, data = case()
    gradient_descent(network, data, [0.1], 0.01)
    compiled = len(descent.iterate.signatures)
    adam(network, data, [0.1], 0.01)
    assert len(descent.iterate.signatures) == compiled


@pytest.mark.parametrize("name", [name for name, row in OPTIMISERS.items() if row.reads is None])
def test_the_keys_of_a_row_are_what_its_function_takes(name):
    """The row says them without importing what it names."""
    row = OPTIMISERS[name]
    if row.rule is not None:
        assert row.keys == (*DESCENT_KEYS, *row.rule.own)
    else:
        assert {*row.keys, *USED_BY_ALL} <= inspect.signature(row.simulate).parameters.keys()
