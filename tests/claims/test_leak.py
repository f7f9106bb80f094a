"""experiment=leak: near ρ = 1 a network is linear first, and bends after t ∝ 1/(1−ρ)², as its tangent kernel says.

Of φ(z) = (1+ρ)/2 z + (1−ρ)/2 |z| the kernel is (1+ρ)²/4 of the linear neurons', which learns lines alone, and (1−ρ)²/4
of the absolute values'; what couples both cancels as the width grows, like 1/√m.
"""

import numpy as np
import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from tests.claims.endings import ending_of
from tests.conftest import composed

NAMES = "bend_time", "least_squares_line_distance", "linear_spline_distance", "share_at_samples"


def learnt(leak, activation="leaky_relu", end=100.0, **init):
    """(when it bends, how near it came to the line, how near it ends to the polygon, bending at samples, most held)."""
    config = composed("experiment=leak")
    network = initialize(**init)
    run = gradient_flow(network, Data(config.data.x, config.data.y), end, activation=activation, leak=leak)
    found = compute(NAMES, run, project(run))
    bend, line, polygon, share = (found[name] for name in NAMES)
    return bend[0], line.min(), polygon[-1], share[-1], np.count_nonzero(run.held >= 0, axis=1).max()


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_line_first_and_bends_later_by_the_square_of_one_less_the_leak(seed):
    relu, less, more = (learnt(leak, width=1000, antisymmetric=True, seed=seed) for leak in (0.0, 0.8, 0.95))
    assert less[0] == pytest.approx(25 * relu[0], rel=0.1)
    assert more[0] == pytest.approx(16 * less[0], rel=0.05)
    assert max(less[1], more[1]) < 0.01 < 0.1 < relu[1]


@pytest.mark.parametrize("leak", [-0.5, 0.0, 0.5, 0.8])
def test_from_small_weights_samples_hold_knots_and_it_ends_as_the_polygon(leak):
    for seed in range(2):
        _, _, polygon, share, held = learnt(leak, end=3000.0, width=200, scale=0.1, seed=seed)
        assert polygon < 0.02
        assert share > 0.9
        assert held > 50


@pytest.mark.parametrize("seed", range(2))
def test_from_small_weights_it_bends_sooner_than_that(seed):
    relu, leaky = (learnt(leak, end=3000.0, width=200, scale=0.1, seed=seed) for leak in (0.0, 0.8))
    assert 10 < leaky[0] / relu[0] < 20


def test_absolute_values_are_held_too():
    _, _, polygon, share, held = learnt(0.1, "abs", end=3000.0, width=200, scale=0.1, seed=0)
    assert polygon < 0.02
    assert share > 0.8
    assert held > 50


def test_a_loss_that_never_comes_to_half_of_the_line_s_bends_never():
    assert learnt(0.95, end=0.01, width=100, antisymmetric=True)[0] == np.inf


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("leak")
    assert broken == []
    assert card.say
