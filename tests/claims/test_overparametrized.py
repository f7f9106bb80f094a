"""experiment=overparametrized: more neurons make learning easy (Sahs et al., arXiv:2008.01772; Jacot et al. 2018)."""

import numpy as np

from tests.claims.endings import ending_of
from tests.claims.played import compared


def test_wide_networks_fit_narrow_ones_do_not():
    final = {run.config.init.width: run.trajectory.loss[-1] for run in compared("overparametrized").values()}
    assert list(final) == [4, 10, 20, 50, 200, 1000]
    assert min(final[4], final[10], final[20]) > 0.01
    assert max(final[50], final[200], final[1000]) < 1e-9


def test_the_wider_the_less_moves():
    wide = list(compared("overparametrized").values())[-3:]
    drifts = [run.quantity("kernel_drift")[-1] for run in wide]
    assert drifts[0] > 4 * drifts[1] > 16 * drifts[2]
    ways = [np.median(np.abs(np.diff(run.spline.breakpoint[[0, -1]], axis=0))) for run in wide]
    assert ways[0] > 3 * ways[1] > 9 * ways[2]


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("overparametrized")
    assert broken == []
    assert card.say
