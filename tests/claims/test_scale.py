"""experiment=scale: the regimes by the scale α (Woodworth et al., arXiv:1906.05827), on nine points of a box.

How this differs from "a small α gives the linear spline": a small α needs many neurons, because only few are left
apart after the early alignment. At α = 0.01, 12 seeds of m = 1000 end within 0.02 of it in five cases (path norm
9.35; the linear spline's is 9.24) and 0.03 to 0.09 away in the others (steeper flanks, path norm about 10); 5 seeds of
m = 4000 all end within 0.001. At α = 0.001 the flow may not even learn: m = 200 with seed 0 and m = 1000 with seed 1
stop at a loss of 0.15.
"""

import numpy as np
import pytest

from tests.claims.endings import ending_of
from tests.claims.played import play


def overshoot(run) -> float:
    return run.inside()[-1].max()


@pytest.mark.parametrize("scale", [1, 10])
@pytest.mark.parametrize("seed", [1, 2])
def test_large_weights_overshoot_like_a_cubic(scale, seed):
    run = play("scale", f"init.scale={scale}", f"init.seed={seed}")
    assert 1.08 < overshoot(run) < 1.16
    assert run.quantity("kernel_limit").max() == pytest.approx(1.121, abs=1e-3)  # infinitely many neurons
    assert run.quantity("kernel_limit_distance")[-1] < 0.05
    assert run.trajectory.loss[-1] < 1e-9


def test_small_weights_make_the_linear_spline():
    for run in (play("scale", "init.scale=0.01"), play("scale", "init.scale=0.1")):
        assert run.quantity("linear_spline_distance")[-1] < 0.02
        assert overshoot(run) < 1.001


@pytest.mark.parametrize("seed", range(4))
def test_a_moderate_scale_does_so_with_few_neurons(seed):
    run = play("scale", "init.scale=0.1", "init.width=200", f"init.seed={seed}")
    assert run.quantity("linear_spline_distance")[-1] < 0.02


def test_too_few_neurons_make_steeper_flanks():
    run = play("scale", "init.scale=0.01", "init.width=200", "init.seed=3")
    assert run.trajectory.loss[-1] < 1e-8
    assert 0.05 < run.quantity("linear_spline_distance")[-1] < 0.15
    least = np.sum(np.abs(np.diff(np.diff(run.data.y) / np.diff(run.data.x))))
    assert run.quantity("path_norm")[-1] > 1.05 * least


def test_too_small_weights_stop_short():
    run = play("scale", "init.scale=0.001", "init.width=200", "init.seed=0")
    assert run.trajectory.loss[-1] == pytest.approx(0.15, abs=0.01)
    assert run.quantity("linear_spline_distance")[-1] > 0.3


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("scale")
    assert broken == []
    assert card.say
