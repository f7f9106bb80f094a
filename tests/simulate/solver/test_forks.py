"""Where the flow is not unique: it goes on as gradient descent with small steps mostly does, and says when."""

import numpy as np
import pytest

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.optimisers.gradient_descent import gradient_descent
from pipeline.simulate.trajectory import Trajectory

ROWS = Data([-0.5, -0.4, 0.0, 1.0], [1.5, -1.6, 1.3, -1.6])
PASSES_ZERO = Network([-0.09], [0.01], [-0.07])  # v² < w² + b²: v passes 0 while a sample holds the neuron
THROUGH_ORIGIN = Network([-0.09], [0.01], [-0.66])  # v² > w² + b²: w = b = 0 is reached


@pytest.mark.parametrize("network", [PASSES_ZERO, THROUGH_ORIGIN])
def test_the_way_taken_is_that_of_small_steps(network):
    run = gradient_flow(network, ROWS, [0.0, 30.0])
    assert len(run.forks) == 1
    for rate in (3e-4, 1e-4):
        assert gradient_descent(network, ROWS, [30.0], rate).loss[-1] == pytest.approx(run.loss[-1], abs=1e-5)


def at_fork(network):
    """The flow's state just before its fork and just after, and the time of the fork."""
    fork = gradient_flow(network, ROWS, [0.0, 30.0], 1e-8).forks[0]
    return gradient_flow(network, ROWS, [fork - 1e-6, fork + 1e-6], 1e-8), fork


def test_forks_are_where_v_passes_zero_while_held():
    run, _ = at_fork(PASSES_ZERO)
    assert list(run.held[:, 0] >= 0) == [True, False]
    assert run.v[0, 0] * run.v[1, 0] < 0
    assert np.max(np.abs(run.v)) < 1e-4


def test_forks_are_where_a_neuron_comes_to_the_origin():
    run, _ = at_fork(THROUGH_ORIGIN)
    assert run.held[0, 0] >= 0
    assert np.max(np.hypot(run.w, run.b)) < 1e-4


def test_a_flow_without_forks_has_none():
    assert len(gradient_flow(Network([1.0], [0.5], [1.0]), Data([0.0, 1.0], [1.0, 2.0]), [0.0, 5.0]).forks) == 0


def test_forks_are_stored_and_files_without_them_load(tmp_path):
    run = gradient_flow(PASSES_ZERO, ROWS, [0.0, 30.0])
    run.save(tmp_path / "new.npz")
    assert np.array_equal(Trajectory.load(tmp_path / "new.npz").forks, run.forks)
    with np.load(tmp_path / "new.npz") as stored:
        np.savez(tmp_path / "old.npz", **{name: stored[name] for name in stored if name != "forks"})
    assert len(Trajectory.load(tmp_path / "old.npz").forks) == 0


def pushes(network, data, n):
    """What makes neuron 0 move at sample n where its breakpoint is: (R₀, R₁) with the sample out, and its force."""
    force = network.evaluate(data.x) - data.y
    active = (data.x - data.x[n]) * network.w[0] > 0
    return np.sum(force[active]), np.sum(force[active] * data.x[active]), force[n]


def before_a_fork(seed, origin):
    """A random network whose neuron 0 a sample will hold until, 0.05 later, v = 0 or w = b = 0; None if it does not.

    On w u + b = 0 its forces do not depend on how large it is, so that it can be put at any distance from the fork.
    """
    rng = np.random.default_rng(seed)
    m, rows = rng.integers(1, 4), rng.integers(3, 7)
    data = Data(rng.uniform(-1, 1, rows), 1.5 * rng.normal(size=rows))
    w, b, v = 0.5 * rng.normal(size=(3, m))
    n = rng.integers(rows)
    u = data.x[n]
    b[0] = -w[0] * u
    r0, r1, force = pushes(Network(w, b, v), data, n)
    share = -(r1 * u + r0) / (force * (1 + u * u))
    if not 0 < share < 1 or abs(w[0] * (r1 - u * r0)) < 0.01:
        return None
    v[0] = np.copysign(v[0], force)  # or the sample repels
    along = -v[0] * (r1 - u * r0) / (1 + u * u)
    if origin and along * w[0] < 0:
        w[0] = -0.05 * along
    elif not origin and w[0] * (r1 - u * r0) * force > 0:
        v[0] = 0.05 * w[0] * (r1 - u * r0)
    else:
        return None
    b[0] = -w[0] * u - 1e-9
    return Network(w, b, v), data


def ends(network, data, rate=2e-4, descents=6):
    """Whether the flow forks; then f by it, (P,), and by perturbed descents, (descents, P), over the largest |y|."""
    forks = np.append(gradient_flow(network, data, [1.0]).forks, [2.0, 2.0])
    end, x, rng = min(forks[0] + 1.0, forks[1] - 0.01), np.linspace(-1.1, 1.1, 100), np.random.default_rng(0)
    flow = gradient_flow(network, data, [end]).network(0).evaluate(x)
    others = []
    for _ in range(descents):
        w, b, v = 1 + rate * rng.uniform(-1, 1, size=(3, len(network)))
        start = Network(network.w * w, network.b * b, network.v * v)
        others.append(gradient_descent(start, data, [end], rate * rng.uniform(0.7, 1.0)).network(0).evaluate(x))
    scale = np.max(np.abs(data.y))
    return bool(forks[0] < 1.0), flow / scale, np.array(others) / scale


def agreement(flow, others):
    """Whether the flow ends where two thirds of the descents end; None where fewer agree."""
    gaps = np.max(np.abs(others[:, None] - others[None]), axis=2) < 0.01
    crowd = np.argmax(gaps.sum(axis=0))
    if gaps[crowd].mean() < 2 / 3:
        return None
    return bool(np.max(np.abs(flow - others[crowd])) < 0.01)


def agreements(count, origin):
    """Of `count` small networks that fork and whose descents mostly agree, which end where those do."""
    found, seed = [], 0
    while len(found) < count:
        case = before_a_fork(seed, origin)
        seed += 1
        if case is not None:
            forked, flow, others = ends(*case)
            verdict = agreement(flow, others) if forked else None
            found += [] if verdict is None else [verdict]
    return found


@pytest.mark.slow
def test_small_networks_end_where_most_descents_do():
    """Also those whose neuron goes on the same way whatever it meets: there both ways lead to one end."""
    assert np.mean(agreements(100, origin=False) + agreements(100, origin=True)) >= 0.95
