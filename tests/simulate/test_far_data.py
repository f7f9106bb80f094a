"""Samples far from 0, which make the flow stiffer by the square of how far: few steps, right, and an end."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from pipeline.errors import SimulationError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow

FAR = 1000.0


def far(rows, m=50, seed=0, breakpoints="inside", low=FAR, high=FAR + 10):
    """sin on [low, high] and Gaussian neurons: breakpoints over the samples, or wherever b from N(0, 1) puts them."""
    rng = np.random.default_rng(seed)
    x, middle, half = np.linspace(low, high, rows), 0.5 * (low + high), 0.5 * (high - low)
    w, b, v = rng.normal(size=(3, m))
    if breakpoints == "inside":
        b = -w * (middle + 1.2 * half * rng.uniform(-1, 1, m))
    return Network(w, b, v / np.sqrt(m)), Data(x, np.sin(4 * (x - middle) / half))


@pytest.mark.parametrize("breakpoints", ["inside", "outside"])
@pytest.mark.parametrize("rows", [9, 20])
@pytest.mark.parametrize("seed", [0, 1])
def test_samples_far_from_0_need_few_steps(breakpoints, rows, seed):
    run = gradient_flow(*far(rows, 50, seed, breakpoints), np.linspace(0, 100, 11), max_steps=30_000)
    assert (np.diff(run.loss[1:]) <= 1e-5).all()


def velocity(t, state, x, target, middle):
    """The same flow, of neurons that are active everywhere, in w, z = b + w·middle and v."""
    w, z, v = state.reshape(3, -1)
    centred = x - middle
    force = v @ (np.multiply.outer(w, centred) + z[:, None]) - target
    height, slope = np.sum(force), np.sum(force * centred)
    return np.concatenate(
        [-v * (slope + middle * height), -v * (height * (1 + middle**2) + middle * slope), -(w * slope + z * height)]
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rtol", [1e-3, 1e-5])
def test_samples_far_from_0_are_fitted_as_by_an_independent_integrator(seed, rtol):
    rng = np.random.default_rng(seed)
    data, middle = far(7)[1], FAR + 5
    network = Network(np.abs(rng.normal(size=3)), 0.1 * rng.normal(size=3), rng.normal(size=3) / 30)
    start = np.concatenate([network.w, network.b + network.w * middle, network.v])
    times, x = np.append(0.0, np.geomspace(1e-4, 100, 25)), np.linspace(FAR - 1, FAR + 11, 50)
    arguments = (data.x, data.y, middle)
    solution = solve_ivp(velocity, (0, 100), start, "Radau", times, args=arguments, rtol=1e-8, atol=1e-10)
    exact = solution.y.T.reshape(-1, 3, 3)
    run = gradient_flow(network, data, times, rtol)
    assert (np.multiply.outer(exact[:, 0], x - middle) + exact[:, 1, :, None] > 0).all()
    functions = np.stack([run.network(k).evaluate(x) for k in range(len(times))])
    expected = np.einsum("fi,fip->fp", exact[:, 2], np.multiply.outer(exact[:, 0], x - middle) + exact[:, 1, :, None])
    scale = max(np.max(np.abs(data.y)), np.max(np.abs(expected[0])))
    assert np.max(np.abs(functions - expected)) < rtol * scale


@pytest.mark.parametrize("seed", range(4))
def test_convergence_is_recognised_under_rounding(seed):
    """It has, by what the same start comes to in ten times as long."""
    network, data = far(9, 50, seed)
    run = gradient_flow(network, data, [0.0, 1e4, 1e5], max_steps=50_000)
    assert run.outcome.startswith("converged")
    assert np.isclose(run.loss[1], run.loss[2], rtol=1e-6)


def test_samples_up_to_a_million_end_or_are_soon_given_up():
    network, data = far(9, breakpoints="outside", low=0.0, high=1e6)
    assert gradient_flow(network, data, [0.0, 1e-3], max_steps=30_000).loss[-1] < 3
    with pytest.raises(SimulationError, match=r"so stiff that about .* standardise `data`"):
        gradient_flow(network, data, [0.0, 100.0])
