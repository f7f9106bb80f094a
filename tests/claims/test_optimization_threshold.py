"""experiment=optimization_threshold: past some samples a line is learnt, and not the noise (Boursier & Flammarion)."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pipeline import gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.model.sources import load_data
from pipeline.projection.quantities import compute
from tests.claims.endings import ending_of
from tests.conftest import composed

DRAWS = range(6)


@cache
def at_rest(count, draw, scale=1e-4, time=1000.0):
    """(loss as a share of the best line's, number of knots that matter) of its network on other samples."""
    config = composed("experiment=optimization_threshold", f"data.count={count}", f"data.seed={draw}")
    network = initialize(**vars(replace(config.init, scale=scale)))
    run = gradient_flow(network, load_data(config.data), [time])
    found = compute(["line_loss_share", "knot", "knot_jump"], run, spline := project(run))
    size = np.abs(found["knot_jump"][0])
    inside = (found["knot"][0] > run.x[0]) & (found["knot"][0] < run.x[-1])
    apart = np.unique(np.round(found["knot"][0, inside & (size > 1e-3 * np.abs(spline.delta_slope).max())], 3))
    return found["line_loss_share"][0], len(apart)


@pytest.mark.parametrize("draw", DRAWS)
def test_three_samples_are_met_and_forty_are_not(draw):
    assert at_rest(3, draw)[0] < 1e-4
    share, knots = at_rest(40, draw)
    assert 0.8 < share < 1.1  # it may rest above the line, too
    assert knots <= 3


def test_the_more_samples_the_nearer_it_stops_to_the_line():
    few, some, many = (np.mean([abs(1 - at_rest(count, draw)[0]) for draw in DRAWS]) for count in (3, 12, 80))
    assert few > 0.99
    assert few > some > many
    assert many < 0.05


@pytest.mark.parametrize("draw", range(2))
def test_the_same_neurons_meet_all_samples_from_usual_weights(draw):
    assert at_rest(12, draw, scale=30.0, time=100.0)[0] < 1e-4


def test_it_keeps_what_its_ending_rests_on():
    _, broken = ending_of("optimization_threshold")
    assert broken == []
