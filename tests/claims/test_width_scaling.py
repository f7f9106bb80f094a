"""experiment=width_scaling: regimes by α(m) as the width m grows (Williams et al., arXiv:1906.07842).

f = Σ v max(wx + b, 0) / α(m) with weights of order 1: α = √m is the scaling `ntk`, α = m is `mean_field`.
"""

import numpy as np
import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from tests.claims.endings import ending_of
from tests.conftest import composed

NAMES = "natural_cubic_spline_distance", "linear_spline_distance", "breakpoint_shift"


def at_rest(scaling, width, seed, y=None):
    """Distance from the cubic and from the linear spline, and the median way of a knot, after a long time."""
    config = composed("experiment=width_scaling")
    keys = {key: getattr(config.init, key) for key in ("distribution", "layer_ratio", "antisymmetric")}
    x = np.array(config.data.x)
    data = Data(x, config.data.y if y is None else y(x))
    run = gradient_flow(initialize(width, scaling, seed=seed, **keys), data, [0.0, 1000.0])
    assert run.loss[-1] < 1e-4 * run.loss[0]
    found = compute(NAMES, run, project(run), Settings())
    return [found[name][-1] for name in NAMES]


@pytest.mark.parametrize("seed", range(3))
def test_by_the_root_of_the_width_knots_freeze_and_the_curve_becomes_the_cubic_spline(seed):
    (narrow_cubic, _, narrow), (cubic, linear, wide) = (at_rest("ntk", width, seed) for width in (100, 2500))
    assert wide == pytest.approx(narrow / 5, rel=0.5)  # they move by 1/√m
    assert cubic < 0.6 * narrow_cubic
    assert cubic < 0.6 * linear


@pytest.mark.parametrize("seed", range(3))
def test_by_the_width_knots_move_alike_and_the_curve_is_the_linear_spline(seed):
    (_, narrow_linear, narrow), (cubic, linear, wide) = (at_rest("mean_field", width, seed) for width in (100, 2500))
    assert narrow / 2 < wide < 2 * narrow
    assert narrow_linear < 0.02
    assert linear < 0.005 < 0.1 < cubic


@pytest.mark.parametrize("seed", range(2))
def test_a_sinusoid_becomes_the_cubic_spline_and_no_linear_one(seed):
    """Between samples where the polygon turns twice the same way it is one of many curves that bend as little."""

    def sine(x):
        return np.sin(np.pi * x)

    cubic, linear, _ = at_rest("ntk", 2500, seed, sine)
    assert cubic < 0.03 < linear
    _, linear, _ = at_rest("mean_field", 2500, seed, sine)
    assert linear > 0.06


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("width_scaling")
    assert broken == []
    assert card.say
