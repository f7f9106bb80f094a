"""experiment=data_gap: over a gap a network keeps of its start what no sample sees (Sahs et al.; Zhang et al. 2020).

All samples lie on a line, which costs nothing: the error over the gap is that of f(0) less its kernel's interpolant.
f(0) is of second degree in the weights, and the interpolant knows no scale: it grows as α² where the kernel is frozen.
"""

import numpy as np
import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from tests.claims.endings import ending_of
from tests.conftest import composed


def at_rest(scale, width, seed, antisymmetric=False):
    """(error over the gap, how far that is from f(0) + kernel fit) once the samples are met."""
    config = composed("experiment=data_gap")
    network = initialize(width, scale=scale, seed=seed, antisymmetric=antisymmetric)
    run = gradient_flow(network, Data(config.data.x, config.data.y), [0.0, 300.0])
    assert run.loss[-1] < 1e-4
    found = compute(["detour", "linearized_limit_distance"], run, project(run), Settings())
    return found["detour"][-1], found["linearized_limit_distance"][-1]


@pytest.mark.parametrize("seed", range(4))
def test_the_error_over_the_gap_grows_as_the_square_of_the_scale(seed):
    small, usual, large = (at_rest(scale, 2000, seed)[0] for scale in (0.5, 1, 2))
    assert usual == pytest.approx(4 * small, rel=0.08)
    assert large == pytest.approx(4 * usual, rel=0.05)


def test_it_is_the_start_s_and_more_neurons_do_not_remove_it():
    few, many = (np.array([at_rest(1, width, seed) for seed in range(8)]) for width in (100, 2000))
    assert np.all(many[:, 1] < 0.02 * many[:, 0] + 1e-3)
    assert 0.5 < np.sqrt(np.mean(many[:, 0] ** 2) / np.mean(few[:, 0] ** 2)) < 2


def test_a_start_at_nothing_has_none():
    assert at_rest(1, 2000, 0, antisymmetric=True)[0] < 0.02


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("data_gap")
    assert broken == []
    assert card.say
