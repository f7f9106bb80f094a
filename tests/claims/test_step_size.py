"""experiment=step_size: gradient descent against the flow it idealises.

Euler's method is of first order. Beyond 2/λ it is unstable where it is: a moderate excess ends where the Hessian is
flatter (Lewkowycz et al., arXiv:2003.02218: the catapult), a larger one kills neurons, and with them the fit.
"""

import numpy as np
import pytest

from pipeline import project
from tests.claims.endings import ending_of
from tests.claims.played import at_times, compared

X = np.linspace(-1.2, 1.2, 241)
TIMES = np.linspace(0, 30, 21)  # iterates of all the rates below


def function(*overrides: str) -> np.ndarray:
    return project(at_times("step_size", TIMES, *overrides)).evaluate(X)


def test_the_gap_shrinks_in_proportion_to_the_step():
    flow = function("dynamics.rtol=1e-8")
    gaps = [
        np.abs(function("dynamics=gradient_descent", f"dynamics.learning_rate={rate}") - flow).max()
        for rate in (8e-4, 4e-4, 2e-4, 1e-4)
    ]
    orders = np.log2(np.divide(gaps[:-1], gaps[1:]))
    assert orders.mean() == pytest.approx(1, abs=0.25)
    assert gaps[-1] < 1e-4


def rate_times_sharpness(run) -> np.ndarray:
    """(F,) ηλ: gradient descent is stable below 2."""
    return run.config.dynamics.learning_rate * run.quantity("hessian_eigenvalues")[:, 0]


def test_below_the_stability_bound_it_is_the_flow():
    flow, stable, _, _ = compared("step_size").values()
    assert rate_times_sharpness(stable).max() < 2
    assert stable.trajectory.loss[-1] == pytest.approx(flow.trajectory.loss[-1], rel=0.01)
    assert stable.quantity("dead_count")[-1] == flow.quantity("dead_count")[-1]


def test_past_it_the_descent_settles_where_the_hessian_is_flatter():
    flow, _, catapult, _ = compared("step_size").values()
    assert rate_times_sharpness(catapult)[0] > 2 > rate_times_sharpness(catapult)[-1]
    assert np.abs(catapult.inside()[-1] - flow.inside()[-1]).max() > 0.1
    assert catapult.trajectory.loss[-1] < 0.1


def test_far_past_it_neurons_die():
    flow, _, _, overthrown = compared("step_size").values()
    assert overthrown.quantity("dead_count")[-1] > 1.5 * flow.quantity("dead_count")[-1]
    assert overthrown.trajectory.loss[-1] > 1


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("step_size")
    assert broken == []
    assert card.say
