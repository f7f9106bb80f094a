"""experiment=layer_ratio: δ chooses the regime at the same function (Williams et al., arXiv:1906.07842)."""

import numpy as np

from tests.claims.endings import ending_of
from tests.claims.played import compared


def moved(run) -> float:
    """Median way of the breakpoints that begin among the samples."""
    beta = run.spline.breakpoint
    among = np.abs(beta[0]) < run.data.x[-1]
    return np.median(np.abs(beta[-1] - beta[0])[among])


def test_all_begin_as_the_same_function():
    starts = [run.spline.delta_slope[0] for run in compared("layer_ratio").values()]
    np.testing.assert_allclose(starts, np.broadcast_to(starts[0], np.shape(starts)), rtol=1e-12)


def test_a_large_hidden_layer_freezes_breakpoints_a_large_output_layer_moves_them():
    ways = [moved(run) for run in compared("layer_ratio").values()]
    assert ways == sorted(ways)
    assert ways[0] < 1e-3
    assert ways[-1] > 0.3


def test_frozen_breakpoints_overshoot_and_moving_ones_make_edges():
    frozen, *_, moving = compared("layer_ratio").values()
    assert frozen.inside()[-1].max() > 1.08
    assert moving.inside()[-1].max() < 1.02
    assert frozen.quantity("kernel_drift")[-1] < 1e-3
    assert frozen.quantity("held_count").max() == 0
    assert moving.quantity("held_count").max() > 50


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("layer_ratio")
    assert broken == []
    assert card.say
