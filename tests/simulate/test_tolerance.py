"""rtol bounds the error of the function, whatever the tolerance and the size of the case."""

from importlib.resources import files

import numpy as np
import pytest

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.model.sources import standardize
from pipeline.simulate.gradient_flow import gradient_flow


def functions(trajectory, x):
    return np.stack([trajectory.network(k).evaluate(x) for k in range(len(trajectory.t))])


def largest_errors(network, data, times, tolerances, tight):
    """The largest error of f relative to the largest |y|, in units of each tolerance.

    Over all times and 400 points of the range of x widened by a tenth at either end.
    """
    margin, scale = 0.1 * np.ptp(data.x), np.max(np.abs(data.y))
    x = np.linspace(np.min(data.x) - margin, np.max(data.x) + margin, 400)
    exact = functions(gradient_flow(network, data, times, tight), x)
    runs = (functions(gradient_flow(network, data, times, rtol), x) for rtol in tolerances)
    return [np.max(np.abs(f - exact)) / (rtol * scale) for f, rtol in zip(runs, tolerances, strict=True)]


def repeated_rows(seed, m=12, rows=7):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, rows)
    x[3] = x[2]
    data = Data(x, np.sin(4 * x) + 0.3 * rng.normal(size=rows))
    return Network(rng.normal(size=m), rng.normal(size=m), 0.5 * rng.normal(size=m)), data


@pytest.mark.parametrize("seed", range(6))
def test_small_networks(seed):
    errors = largest_errors(*repeated_rows(seed), np.linspace(0, 8, 40), (1e-2, 1e-3, 1e-4, 1e-5, 1e-6), 1e-9)
    assert max(errors) < 1


def sine(m, rows, scale=1.0):
    w, b, v = scale * np.random.default_rng(0).normal(size=(3, m))
    x = np.linspace(-1, 1, rows)
    return Network(w, b, v / np.sqrt(m)), Data(x, np.sin(4 * x))


@pytest.mark.parametrize(
    ("m", "rows", "scale", "end"), [(50, 20, 1, 100), (300, 40, 0.3, 5), (1000, 100, 1, 0.2), (100, 600, 1, 0.5)]
)
def test_many_neurons_and_samples(m, rows, scale, end):
    """The benchmarks' cases, until their errors have passed their peak, and one of more samples than neurons."""
    times = np.append(0.0, np.geomspace(1e-3 * end, end, 40))
    errors = largest_errors(*sine(m, rows, scale), times, (1e-3, 1e-4, 1e-5, 1e-6), 1e-8)
    assert max(errors) < 1


def motorcycle(m):
    table = np.loadtxt(files("pipeline.model") / "datasets" / "motorcycle.csv", delimiter=",", skiprows=1)
    w, b, v = np.random.default_rng(0).normal(size=(3, m))
    return Network(np.sqrt(2) * w, b, np.sqrt(2 / m) * v), standardize(Data(*table.T))


@pytest.mark.parametrize("m", [60, 200])
def test_motorcycle(m):
    """Repeated x, noise, many neurons held."""
    errors = largest_errors(*motorcycle(m), np.linspace(0, 30, 61), (1e-3, 1e-4, 1e-5), 1e-7)
    assert max(errors) < 1


def test_past_its_forks_the_solution_is_that_of_small_tolerances_and_of_starts_nearby():
    """Twice v of a neuron that is held passes 0, clearly on one side, so that all take the same way there."""
    network, data = motorcycle(60)
    w, b, v = 1 + 1e-4 * np.random.default_rng(7).normal(size=(3, 60))
    nearby = Network(network.w * w, network.b * b, network.v * v)
    times, x, rtol = np.linspace(0, 100, 101), np.linspace(-2.2, 2.2, 400), 1e-3
    loose, own, other = (
        gradient_flow(start, data, times, tolerance)
        for start, tolerance in ((network, rtol), (network, 1e-6), (nearby, 1e-6))
    )
    assert [len(run.forks) for run in (loose, own, other)] == [2, 2, 2]
    assert np.max(np.abs(loose.forks - own.forks)) < 0.1
    bound = rtol * np.max(np.abs(data.y))
    assert np.max(np.abs(functions(loose, x) - functions(own, x))) < bound
    assert np.max(np.abs(functions(other, x) - functions(own, x))) < bound


@pytest.mark.parametrize("scale", [3, 10])
def test_while_f_comes_down_the_error_is_relative_to_where_it_comes_from(scale):
    network, data = sine(50, 20, scale)
    start = np.max(np.abs(network.evaluate(data.x)))
    assert start > scale * np.max(np.abs(data.y))
    times = np.append(0.0, np.geomspace(1e-6, 1, 60))
    errors = largest_errors(network, data, times, (1e-3, 1e-4, 1e-5), 1e-8)
    assert max(errors) < start / np.max(np.abs(data.y))


@pytest.mark.parametrize("seed", range(3))
def test_plateaus(seed):
    """From weights of 1e-6 f is 0 until t = 15, while neurons grow a million-fold, and their errors with them."""
    x = np.linspace(-np.sqrt(3), np.sqrt(3), 9)
    w, b, v = 1e-6 * np.random.default_rng(10 + seed).normal(size=(3, 40))
    box = Data(x, (np.abs(x) < 0.5).astype(float))
    errors = largest_errors(Network(w, b, v), box, np.linspace(0, 24, 241), (1e-3, 1e-4, 1e-5), 1e-7)
    assert max(errors) < 1


def test_crowds_of_crossings():
    """10,000 noisy rows: breakpoints pass several samples in every step, whose errors must not add up."""
    rng = np.random.default_rng(0)
    x, (w, b, v) = np.sort(rng.uniform(-1, 1, 10_000)), rng.normal(size=(3, 100))
    data = Data(x, np.sin(4 * x) + 0.2 * rng.normal(size=10_000))
    times = np.append(0.0, np.geomspace(1e-3, 1, 40))
    assert max(largest_errors(Network(w, b, v / 10), data, times, (1e-3, 1e-4), 1e-5)) < 0.5
