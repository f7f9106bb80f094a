"""experiment=motorcycle and experiment=nile: networks on data that smoothing splines are known from.

How this differs from "a network stopped early is a smoothing spline": He's initialisation gives breakpoints a Cauchy
law, hence a weight ζ that is not constant, and f₀ is not 0; kernel_path knows both, the cubic smoothing spline neither.
"""

import numpy as np
import pytest

from tests.claims.endings import ending_of
from tests.claims.played import play

LOG = "timing=log"  # times of frames that need no pilot run


def away(run, name: str) -> np.ndarray:
    """(F,) root mean square of f less a prediction over the grid, in standard deviations of y."""
    return np.sqrt(np.mean((run.quantity("network_function") - run.quantity(name)) ** 2, axis=1))


def while_frozen(run) -> np.ndarray:
    """Frames after the lines are learnt and before the tangent kernel has moved."""
    return (run.trajectory.t > 1e-3) & (run.quantity("linearized_flow_distance") < 0.1)


def test_a_wide_network_follows_its_smoother():
    wide = "init.width=500", "init.scale=1", "dynamics.end_time=3", LOG
    for run in (play("motorcycle"), play("nile", *wide)):
        frames = while_frozen(run)
        assert frames.sum() >= 8
        assert away(run, "kernel_path")[frames].max() < 0.06
        assert away(run, "smoothing_spline")[frames].max() < 0.3
        assert (away(run, "kernel_path")[frames] < away(run, "smoothing_spline")[frames]).mean() > 0.7


def near_the_change(run, frame: int) -> float:
    """Share of Σ|μ| whose breakpoint is within three years of 1898."""
    year, size = run.data.x_axis.to_user(run.spline.breakpoint[frame]), np.abs(run.spline.delta_slope[frame])
    return size[np.abs(year - 1898) < 3].sum() / size.sum()


def test_small_weights_put_the_knots_at_the_niles_change():
    run = play("nile", LOG)
    assert near_the_change(run, 0) < 0.1
    assert near_the_change(run, -1) > 2.5 * near_the_change(run, 0)


def test_the_spline_rounds_the_step_that_the_network_makes():
    run = play("nile", LOG)
    before, after = (np.array([1897.0, 1899.0]) - run.data.x_axis.shift) / run.data.x_axis.scale
    fall = np.subtract(*run.spline.evaluate([before, after])[-1])
    smooth = run.quantity("smoothing_spline")[-1]
    grid = run.quantity("grid")[0]
    assert fall > 2 * np.subtract(*np.interp([before, after], grid, smooth))


@pytest.mark.parametrize("overrides", [("init.seed=1",), ("dynamics=gradient_descent", "dynamics.learning_rate=0.001")])
def test_another_start_and_gradient_descent_find_the_same_year(overrides):
    run = play("nile", "dynamics.end_time=12", LOG, *overrides)
    assert run.data.x_axis.to_user(run.quantity("steepest_place")[-1]) == pytest.approx(1898, abs=1)


def test_the_nile_keeps_what_its_ending_rests_on():
    card, broken = ending_of("nile")
    assert broken == []
    assert card.say
    assert card.measured == card.predicted == "1898"


def test_the_motorcycle_keeps_what_its_ending_rests_on():
    card, broken = ending_of("motorcycle")
    assert broken == []
    assert card.say
