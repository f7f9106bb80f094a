"""experiment=weight_decay: the global optimum is reached, or it is seen that it is not."""

import numpy as np
import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from tests.claims.endings import ending_of
from tests.conftest import composed

DECAY = 0.01


def at_rest(scale, seed, width=100):
    """(excess over the global optimum, largest |q|, |q| of the neurons that matter) of a run that has come to rest."""
    config = composed("experiment=weight_decay")
    data = Data(config.data.x, config.data.y)
    run = gradient_flow(initialize(width=width, scale=scale, seed=seed), data, [3000.0], weight_decay=DECAY)
    names = "optimum_excess", "largest_certificate", "neuron_certificate", "optimum_gap"
    found = compute(names, run, spline := project(run), Settings(weight_decay=DECAY))
    assert found["optimum_gap"][0] <= 1e-8
    live = np.abs(spline.delta_slope[-1]) > 1e-3
    return found["optimum_excess"][-1], found["largest_certificate"][-1], np.abs(found["neuron_certificate"][-1, live])


@pytest.mark.parametrize("seed", range(4))
def test_wide_networks_of_usual_weights_reach_the_optimum(seed):
    excess, largest, _ = at_rest(1.0, seed)
    assert -1e-9 <= excess < 1e-6
    assert largest == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(("scale", "width"), [(0.01, 100), (1.0, 4)])
def test_a_run_that_is_stuck_is_told_by_its_certificate(scale, width):
    for seed in range(4):
        excess, largest, own = at_rest(scale, seed, width)
        assert excess > 0.05
        assert largest > 1.3
        assert np.max(own) < 1.05 or largest > np.max(own)  # where it does rise, no neuron stands to gain from it


def test_it_keeps_what_its_ending_rests_on():
    _, broken = ending_of("weight_decay")
    assert broken == []
