"""Many samples: those far from all breakpoints are followed by their moments, which changes nothing but the time."""

import numpy as np
import pytest

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate import gradient_flow as module
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.solver.moment_matching import OUTDATED, USELESS
from pipeline.simulate.solver.neighbourhood import CLOSEST, match_far, near_breakpoints, next_margin


def noisy_sine(m, rows):
    rng = np.random.default_rng(0)
    x = np.round(rng.uniform(-1, 1, rows), 5)
    w, b, v = rng.normal(size=(3, m))
    return Network(w, b, v / np.sqrt(m)), Data(x, np.sin(4 * x) + 0.2 * rng.normal(size=rows))


def follow_all(monkeypatch):
    monkeypatch.setattr(module, "near_breakpoints", lambda whole, margin, last: whole)


@pytest.mark.parametrize(("rows", "end"), [(2000, 1), (10_000, 0.1)])
def test_following_near_samples_is_following_all(rows, end, monkeypatch):
    network, data = noisy_sine(6, rows)
    times, x = np.linspace(0, end, 21), np.linspace(-1.2, 1.2, 200)
    near = gradient_flow(network, data, times, 1e-5)
    follow_all(monkeypatch)
    every = gradient_flow(network, data, times, 1e-5)
    gaps = [np.max(np.abs(near.network(k).evaluate(x) - every.network(k).evaluate(x))) for k in range(len(times))]
    assert max(gaps) < 2e-5 * np.max(np.abs(data.y))
    assert np.mean(near.held == every.held) > 0.99


def test_far_samples_are_few_and_near_ones_themselves():
    network, data = noisy_sine(6, 2000)
    flow = module.start_flow(network, module.make_problem(data, 0.0, "all", False))
    part = near_breakpoints(flow, 8, flow)
    problem, own = part.problem, part.problem.original >= 0
    assert len(problem.x) < 6 * 16 + 2 * 8 + 2 * 8
    assert np.all(np.diff(problem.x) > 0)
    assert np.array_equal(problem.x[own], flow.problem.x[problem.original[own]])
    assert problem.weight.sum() == pytest.approx(len(data))
    assert np.allclose(part.slope, flow.slope)


def test_breakpoints_held_among_many_samples_stand_at_them():
    network, data = noisy_sine(6, 2000)
    run = gradient_flow(network, data, np.linspace(0, 20, 41), 1e-4)
    frame, neuron = np.nonzero(run.held >= 0)
    assert len(frame) > 0
    beta = -run.b[frame, neuron] / run.w[frame, neuron]
    assert np.allclose(beta, run.x[run.held[frame, neuron]], rtol=0, atol=1e-9)


def test_the_margin_grows_only_where_it_was_too_narrow():
    """Or it would grow for ever where few steps fill the time between two returns."""
    margin = 64
    assert next_margin(margin, 0, True) > next_margin(margin, 1, True) > margin
    assert next_margin(margin, 100, True) < margin
    for _ in range(100):
        margin = next_margin(margin, 1, False)
    assert margin == CLOSEST


@pytest.mark.parametrize("rows", [4, 4 * CLOSEST, 4 * CLOSEST + 1])
def test_samples_too_few_to_be_fewer_are_not_looked_at(rows):
    """What stays at both ends alone is more than half of all: looking would find the same, after compiling for it."""
    network, data = noisy_sine(6, rows)
    flow = module.start_flow(network, module.make_problem(data, 0.0, "all", False))
    assert near_breakpoints(flow, CLOSEST, flow) is flow
    assert flow.matched.size[0] == OUTDATED
    match_far(flow, CLOSEST)
    assert flow.matched.size[0] == USELESS
