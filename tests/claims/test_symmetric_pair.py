"""experiment=symmetric_pair: knots away from the samples (Shevchenko et al., JMLR 23, 2022).

Σ yₙ(xₙ, 1) over the one sample that a side sees is along (±10, 1), so β = −b/w = ∓0.1; each side then fits its own
sample with slope 2/10.1, and both are active at 0: f(0) = 2 · 0.1 · 2/10.1 = 0.0396.
"""

import numpy as np
import pytest

from tests.claims.endings import ending_of
from tests.claims.played import play


@pytest.mark.parametrize("overrides", [(), ("init.width=500",), ("init.seed=1",)])
def test_a_v_with_two_knots_near_the_middle(overrides):
    run = play("symmetric_pair", *overrides)
    assert run.trajectory.loss[-1] < 1e-9
    left, middle, right = run.spline.evaluate([-10, 0, 10])[-1]
    np.testing.assert_allclose([left, right], 2, atol=1e-4)
    assert middle == pytest.approx(0.4 / 10.1, abs=1e-4)
    beta, size = run.spline.breakpoint[-1], np.abs(run.spline.delta_slope[-1])
    near = np.abs(np.abs(beta) - 0.1) < 1e-3
    assert size[near].sum() > 0.999 * size.sum()


def test_neurons_align_before_the_function_moves():
    """Those that grow, that is: a neuron of the other sign (v < 0) turns away from the samples until it is dead."""
    run = play("symmetric_pair")
    still = np.argmax(run.trajectory.loss < 0.99 * run.trajectory.loss[0]) - 1
    growing = run.trajectory.v[0] > 0
    off = np.abs(np.abs(run.spline.breakpoint[:, growing]) - 0.1)
    assert np.median(off[0]) > 0.3
    assert np.median(off[still]) < 0.01


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("symmetric_pair")
    assert broken == []
    assert card.say
