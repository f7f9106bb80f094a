"""experiment=classification: logistic loss tends to the largest margin, between samples; squared loss bends at them."""

import numpy as np
import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from tests.claims.endings import ending_of
from tests.conftest import composed

NAMES = "margin", "margin_share", "largest_margin_distance", "share_at_samples"


def learnt(loss, end, **init):
    """Those quantities over the run."""
    config = composed("experiment=classification")
    run = gradient_flow(initialize(**init), Data(config.data.x, config.data.y), [0.0, 1e2, 1e4, end], loss=loss)
    return compute(NAMES, run, project(run))


@pytest.mark.parametrize("width", [50, 200, 800])
@pytest.mark.parametrize("seed", range(3))
def test_of_any_width_it_tends_to_the_largest_margin_which_bends_twice(width, seed):
    found = learnt("logistic", 1e6, width=width, scale=0.1, seed=seed)
    share = found["margin_share"]
    assert np.all(np.diff(share) > 0)
    assert 0.96 < share[-1] < 1
    # of the height of its bends, four times the margin; past them no sample sees where it goes but for its norm
    assert found["largest_margin_distance"][-1] < 0.1 * 4 * found["margin"][-1]
    assert found["share_at_samples"][-1] < 0.02


@pytest.mark.parametrize("seed", range(3))
def test_squared_loss_bends_at_the_samples_with_half_of_that_margin(seed):
    found = learnt("squared", 1e4, width=200, scale=0.1, seed=seed)
    assert found["margin"][-1] == pytest.approx(1.0, abs=1e-3)
    assert found["share_at_samples"][-1] > 0.95
    assert found["margin_share"][-1] < 0.7


def test_large_weights_take_very_long():
    share = learnt("logistic", 1e6, width=200, scale=1.0, seed=0)["margin_share"]
    assert share[1] < share[2] < share[3] < 0.8


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("classification")
    assert broken == []
    assert card.say
