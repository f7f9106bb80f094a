"""experiment=spikes: training does not remove what no sample sees (Sahs et al., arXiv:2008.01772).

A spike of height 1 between two samples loses no more than what a smooth curve bends between samples: |f''|h²/8 = 0.025
for the bowl itself, and as much as small weights make of it.
"""

import numpy as np
import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from tests.claims.endings import ending_of
from tests.conftest import composed

BETWEEN, BELOW = (-0.375, 0.375), (-0.5, 0.5)  # no sample, and a sample under each spike


def at_rest(spikes=BETWEEN, decay=0.0, width=400, **init):
    """(detour, distance from f(0) + kernel fit, loss) of the start and after a long time."""
    config = composed("experiment=spikes")
    network = initialize(width, scaling="spikes", spikes=list(spikes), **init)
    run = gradient_flow(network, Data(config.data.x, config.data.y), [0.0, 1000.0], weight_decay=decay)
    found = compute(["detour", "linearized_limit_distance"], run, project(run), Settings())
    return found["detour"], found["linearized_limit_distance"], run.loss


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("scale", [0.5, 0.05])
@pytest.mark.parametrize("layer_ratio", [1.0, 0.3])
def test_a_spike_between_samples_stays_in_every_regime(scale, layer_ratio, seed):
    left, _, loss = at_rest(scale=scale, layer_ratio=layer_ratio, seed=seed)
    assert loss[-1] < 1e-4 * loss[0]
    assert left == pytest.approx(1.0, abs=0.12)


@pytest.mark.parametrize("seed", range(2))
def test_it_ends_at_the_start_and_the_kernel_s_interpolant_the_wider_the_closer(seed):
    narrow, wide = (at_rest(width=width, scale=0.5, seed=seed)[1][-1] for width in (200, 2000))
    assert wide < 0.002
    assert wide < 0.1 * narrow


@pytest.mark.parametrize("seed", range(3))
def test_weight_decay_removes_it(seed):
    left, _, _ = at_rest(decay=0.01, width=200, scale=0.5, seed=seed)
    assert left[-1] < 0.15  # what a curve of few knots bends between samples


@pytest.mark.parametrize("scale", [0.5, 0.05])
def test_a_spike_over_a_sample_is_mostly_taken_away_by_its_own_neurons(scale):
    left, away, _ = at_rest(spikes=BELOW, width=200, scale=scale)
    assert np.all(left[-1] < 0.4)
    assert away[-1] > 0.3


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("spikes")
    assert broken == []
    assert card.say
