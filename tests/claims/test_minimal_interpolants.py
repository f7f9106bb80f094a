"""experiment=minimal_interpolants: training with little weight decay ends in the band (Hanin; Debarre et al.)."""

import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from tests.claims.endings import ending_of
from tests.conftest import composed


def at_rest(decay, scale, seed):
    """(how far f is outside the band, its turns over the least, its loss) after 20/λ."""
    config = composed("experiment=minimal_interpolants")
    network = initialize(width=200, scale=scale, seed=seed)
    time = 20 / decay if decay else 300.0
    run = gradient_flow(network, Data(config.data.x, config.data.y), [time], weight_decay=decay)
    found = compute(["outside_band", "variation_inside", "least_variation"], run, project(run), Settings())
    return found["outside_band"][0], found["variation_inside"][0] / found["least_variation"][0], run.loss[0]


@pytest.mark.parametrize("seed", [0, 1])
def test_weight_decay_ends_inside_as_near_as_it_lets_go_of_the_samples(seed):
    rough, fine = (at_rest(decay, 1.0, seed) for decay in (1e-3, 1e-4))
    assert fine[0] == pytest.approx(0.1 * rough[0], rel=0.05)  # the residuals are λ times a number
    assert fine[0] < 1e-3
    assert fine[1] == pytest.approx(1, abs=2e-3)


def test_without_decay_usual_weights_end_outside_and_bend_more():
    outside, turns, loss = at_rest(0.0, 1.0, 0)
    assert loss < 1e-8
    assert outside > 0.01
    assert turns > 2


def test_it_keeps_what_its_ending_rests_on():
    _, broken = ending_of("minimal_interpolants")
    assert broken == []
