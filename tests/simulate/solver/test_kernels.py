"""The O(m + K) gradient equals the dense formula for every kind of pattern."""

import numpy as np
import pytest

from pipeline.compiled import compiled
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import make_problem, start_flow
from pipeline.simulate.solver.kernels import velocity
from pipeline.simulate.solver.moment_matching import matched_samples
from pipeline.simulate.solver.reference import by_reference

RNG = np.random.default_rng(0)
CASES = {
    "mixed": (RNG.normal(size=30), RNG.normal(size=30)),
    "all active": (RNG.normal(size=30) * 0.1, np.full(30, 2.0)),
    "dead": (RNG.normal(size=30) * 0.1, np.full(30, -2.0)),
    "w = 0": (np.zeros(30), RNG.normal(size=30)),
    "w < 0": (-np.abs(RNG.normal(size=30)), RNG.normal(size=30)),
    "w = b = 0": (np.zeros(30), np.zeros(30)),
    "on samples": (np.where(np.arange(30) % 2, 1.0, -1.0), np.where(np.arange(30) % 2, 0.5, -0.25)),
}


@pytest.mark.parametrize("decay", [0.0, 0.1])
@pytest.mark.parametrize("case", CASES)
def test_velocity_is_the_dense_formula(case, decay):
    w, b = CASES[case]
    v = RNG.normal(size=30)
    x = np.concatenate([RNG.uniform(-1, 1, 9), [-0.5, 0.25, 0.25, 0.25]])
    data = Data(x, RNG.normal(size=len(x)))
    flow = start_flow(Network(w, b, v, 0.3), make_problem(data, decay, "all", True))
    z = np.multiply.outer(data.x, w) + b
    active, residual = (z > 0).astype(float), np.maximum(z, 0) @ v + 0.3 - data.y
    dense = (
        -np.concatenate(
            [v * ((residual * data.x) @ active), v * (residual @ active), residual @ np.maximum(z, 0), [residual.sum()]]
        )
        - decay * flow.theta
    )
    assert np.max(np.abs(flow.slope - dense)) <= 1e-12 * max(1.0, np.max(np.abs(dense)))


@compiled
def velocities(flow, fewer):
    """Fill `fewer` with the velocity on the samples that stand for them; how many these are."""
    flow = by_reference(flow)
    pattern, held, problem, sums = matched_samples(flow)
    velocity(flow.theta, pattern, held, by_reference(problem), sums, fewer)
    velocity(flow.theta, flow.pattern, flow.held, flow.problem, flow.before, flow.slope)
    return len(problem.x)


@pytest.mark.parametrize("seed", range(4))
def test_matched_samples_give_the_same_velocity(seed):
    """Also where rows repeat, and samples hold neurons."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.uniform(-1, 1, 400), 3)
    w, b, v = rng.normal(size=(3, 20))
    b[:5] = -w[:5] * np.unique(x)[30:180:30]
    flow = start_flow(Network(w, b, v, 0.3), make_problem(Data(x, rng.normal(size=400)), 0.1, "all", True))
    held = np.arange(30, 180, 30)
    flow.held[:5] = held
    flow.pattern[:5] = np.where(w[:5] > 0, held + 1, len(flow.problem.x) + 1 + held)
    fewer = np.zeros_like(flow.slope)
    assert velocities(flow, fewer) <= 2 * (20 + 5 + 1)
    assert np.max(np.abs(fewer - flow.slope)) <= 1e-12 * np.max(np.abs(flow.slope))
