"""Passes, holds and releases of two neurons against SciPy's event location, and the order of convergence."""

import numpy as np
import pytest

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate import gradient_flow as module
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.solver.flow import STEPS
from tests.simulate.reference import Reference

GRID = np.linspace(-1.2, 1.2, 100)
PAIR, ROWS = ([1.0, 0.0], [-0.2, 1.0]), Data([0.0, 1.0], [0.0, 3.0])
RELEASED = Network([0.77, -0.91], [0.86, 0.27], [0.08, 0.07]), Data([-1.0, 0.0, 1.0], [-1.01, 0.5, 0.44])
CASES = {  # network, data, end, the events until then
    "smooth": (Network(*PAIR, [1.0, 2.5]), ROWS, 0.4, []),
    "pass": (Network(*PAIR, [1.0, -0.5]), ROWS, 0.6, [("pass", 0, 0)]),
    "hold": (Network(*PAIR, [1.0, 2.5]), ROWS, 1.2, [("hold", 0, 0)]),
    "release": (*RELEASED, 1.6, [("hold", 0, 0), ("release", 0, 0)]),
}


def solved(case, times):
    """The network at `times` by SciPy, and its log of events."""
    network, data, _, expected = CASES[case]
    reference = Reference(network, data)
    states = reference.run(times)
    assert [tuple(entry[1:]) for entry in reference.log] == expected
    return states, reference.log


def gap(run, states):
    """The largest difference of f over all frames."""
    return max(np.max(np.abs(run.network(k).evaluate(GRID) - state.evaluate(GRID))) for k, state in enumerate(states))


@pytest.mark.parametrize("case", CASES)
def test_agrees_with_scipy_with_events(case):
    network, data, end, _ = CASES[case]
    times = np.linspace(0, end, 9)
    states, _ = solved(case, times)
    assert gap(gradient_flow(network, data, times, 1e-10), states) < 2e-7


def steps_and_error(case, rtol, state):
    """How many steps the flow takes to the end of a case, and its error there against SciPy's state."""
    network, data, end, _ = CASES[case]
    flow = module.start_flow(network, module.make_problem(data, 0.0, "all", False))
    module.run(flow, module.new_frames(np.array([end]), len(network)), rtol, np.max(np.abs(data.y)), 10**6, None)
    reached = Network(*flow.theta[:-1].reshape(3, -1))
    return flow.clock[STEPS], np.max(np.abs(reached.evaluate(GRID) - state.evaluate(GRID)))


@pytest.mark.parametrize("case", CASES)
def test_order_of_convergence(case):
    """Order four in the step on smooth stretches; and across events too the error falls like rtol, or faster."""
    states, _ = solved(case, [0.0, CASES[case][2]])
    tolerances = 10.0 ** -np.arange(4, 9)
    steps, errors = np.transpose([steps_and_error(case, rtol, states[-1]) for rtol in tolerances])
    order = -np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert 3.8 < order < 4.4 if case == "smooth" else order > 2.5
    assert 0.85 < np.polyfit(np.log(tolerances), np.log(errors), 1)[0] < 1.3


@pytest.mark.parametrize("case", ["hold", "release"])
def test_holds_and_releases_happen_on_time(case):
    network, data, end, _ = CASES[case]
    _, log = solved(case, [0.0, end])
    times = np.linspace(0, end, 4001)
    held = gradient_flow(network, data, times, 1e-8).held[:, 0] == 0
    start, stop = log[0][0], log[1][0] if len(log) > 1 else np.inf
    doubtful = np.minimum(np.abs(times - start), np.abs(times - stop)) < 2e-5
    assert np.array_equal(held[~doubtful], ((times > start) & (times < stop))[~doubtful])


def test_pass_happens_on_time():
    network, data, end, _ = CASES["pass"]
    _, log = solved("pass", [0.0, end])
    near = log[0][0] + np.array([-2e-5, 2e-5])
    before, after = gradient_flow(network, data, near, 1e-8).b[:, 0]
    assert before < 0 < after
