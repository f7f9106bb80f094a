"""experiment=zero_biases: knots that start at 0 stay in the gap there, if the best lines meet there."""

import numpy as np
import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from tests.claims.endings import ending_of
from tests.conftest import composed


def learnt(width, seed, raised=0.0):
    """(largest |β| at any time, loss at the end, that of the best line on each side); raised: of all y."""
    config = composed("experiment=zero_biases")
    x, y = np.array(config.data.x), np.array(config.data.y) + raised
    network = initialize(width=width, bias_ratio=0.0, seed=seed)
    run = gradient_flow(network, Data(x, y), [0.0, 0.01, 1.0, 10.0, 1000.0])
    sides = [(x[side * x > 0], y[side * x > 0]) for side in (1, -1)]
    best = sum(0.5 * np.sum((v - np.polyval(np.polyfit(u, v, 1), u)) ** 2) for u, v in sides)
    beta = project(run).breakpoint
    return np.max(np.abs(beta[np.isfinite(beta)])), run.loss[-1], best


@pytest.mark.parametrize("seed", range(4))
def test_no_knot_leaves_the_gap_and_the_two_lines_are_all_it_learns(seed):
    reach, loss, best = learnt(1000, seed)
    assert reach < 0.5
    assert loss == pytest.approx(best, rel=1e-6)


@pytest.mark.parametrize("seed", [0, 1])
def test_where_the_best_lines_meet_elsewhere_knots_get_out_and_the_loss_falls_below(seed):
    reach, loss, best = learnt(1000, seed, raised=0.2)
    assert reach > 0.5
    assert loss < 0.9 * best


def test_few_neurons_may_have_one_so_light_that_it_gets_out():
    reach = [learnt(100, seed)[0] for seed in range(4)]
    assert min(reach) < 0.5 < max(reach)


def test_it_keeps_what_its_ending_rests_on():
    _, broken = ending_of("zero_biases")
    assert broken == []
