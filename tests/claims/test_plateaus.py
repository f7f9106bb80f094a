"""experiment=plateaus: while the loss stands still, no strong neuron changes what it sees (Ainsworth & Shin)."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pipeline import gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.model.sources import load_data
from pipeline.projection.patterns import on_plateau
from pipeline.projection.quantities import compute
from tests.claims.endings import ending_of
from tests.conftest import composed

NAMES = "pattern_changes", "plateau_share", "plateau_strength", "direction_count"
SEEDS = range(3)


@cache
def learnt(seed):
    """(the run of the experiment's network of another seed, its quantities)."""
    config = composed("experiment=plateaus")
    network = initialize(**vars(replace(config.init, seed=seed)))
    run = gradient_flow(network, load_data(config.data), config.dynamics.end_time)
    return run, compute(NAMES, run, project(run))


@pytest.mark.parametrize("seed", SEEDS)
def test_there_are_three_plateaus_and_by_strength_nothing_changes_on_them(seed):
    run, found = learnt(seed)
    still = on_plateau(run.t, run.loss).astype(int)
    assert np.count_nonzero(np.diff(still)) == 4  # still, falling, still, falling, still
    assert found["plateau_strength"][-1] < 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_by_count_most_changes_come_on_them_before_the_loss_first_falls(seed):
    run, found = learnt(seed)
    first = np.argmax(run.loss < 0.99 * run.loss[0])
    assert found["plateau_share"][-1] > 0.5
    assert found["pattern_changes"][first - 1] > 0.5 * found["pattern_changes"][-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_neurons_that_have_turned_lie_on_few_directions(seed):
    run, found = learnt(seed)
    second = np.argmin(np.abs(run.t - 4))
    assert found["direction_count"][0] > 50
    assert found["direction_count"][second] <= 4


def test_it_keeps_what_its_ending_rests_on():
    _, broken = ending_of("plateaus")
    assert broken == []
