"""experiment=pinning: samples pin breakpoints and cluster them (Sahs et al., arXiv:2503.10587, on datapoint pinning).

With a sample out a neuron's z(x_n) moves by g⁻, with it in by g⁺ = g⁻ − vε(1 + x_n²): both push back only if vε > 0,
so a sample pins only knots that bend towards it, and of those only corners of the polygon are left.
"""

import numpy as np
import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from tests.claims.endings import ending_of
from tests.conftest import composed

TIMES = np.concatenate([[0.0], np.geomspace(0.1, 150, 25), [1000.0]])
MET = 1e-3  # of the height of the data: a sample so near to f counts as met, its residual as the solver's noise


def learnt(seed, scale=0.1):
    """(the run, its samples, quantities) of the experiment's data, far beyond the clip's end."""
    config = composed("experiment=pinning")
    data = Data(config.data.x, config.data.y)
    network = initialize(config.init.width, scale=scale, antisymmetric=True, seed=seed)
    run = gradient_flow(network, data, TIMES)
    names = "held_share", "effective_knots", "share_at_samples", "residual"
    return run, data, compute(names, run, project(run), Settings())


@pytest.mark.parametrize("seed", range(4))
def test_samples_pin_only_what_bends_towards_them(seed):
    run, data, found = learnt(seed)
    frame, neuron = np.nonzero(run.held >= 0)
    residual = found["residual"][frame, run.held[frame, neuron]]
    missed = np.abs(residual) > MET * np.ptp(data.y)
    assert missed.sum() > 1000
    assert np.all(run.v[frame, neuron][missed] * residual[missed] > 0)


@pytest.mark.parametrize("seed", range(4))
def test_there_are_as_many_clusters_as_corners_each_bending_as_its_corner(seed):
    run, data, found = learnt(seed)
    turns = np.diff(np.diff(data.y) / np.diff(data.x))
    corner = 1 + np.flatnonzero(np.abs(turns) > 0.1)
    assert found["held_share"][-2] > 0.9
    assert found["effective_knots"][-2] == pytest.approx(len(corner), rel=0.1)
    mu, held = project(run).slope_jump[-2], run.held[-2]
    bent = np.bincount(held[held >= 0], mu[held >= 0], len(data.x))
    assert np.all(bent[corner] * turns[corner - 1] > 0.5 * turns[corner - 1] ** 2)
    assert np.abs(np.delete(bent, corner)).sum() < 0.05 * np.abs(turns).sum()


@pytest.mark.parametrize("seed", range(4))
def test_a_sample_that_is_met_lets_go_and_the_cluster_loosens_beside_it(seed):
    _, _, found = learnt(seed)
    assert found["held_share"][-1] < 0.6 * found["held_share"][-2]
    assert found["effective_knots"][-1] > 1.5 * found["effective_knots"][-2]
    assert found["share_at_samples"][-1] > 0.9


def test_from_usual_weights_few_are_pinned():
    _, _, found = learnt(0, scale=1.0)
    assert found["held_share"].max() < 0.3


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("pinning")
    assert broken == []
    assert card.say
