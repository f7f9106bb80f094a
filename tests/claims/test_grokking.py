"""experiment=grokking: the samples are met at once, and the least weights at t ~ 1/λ (Lyu et al., arXiv:2311.18817)."""

import numpy as np
import pytest

from pipeline import Data, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection.quantities import compute
from pipeline.projection.settings import Settings
from tests.claims.endings import ending_of
from tests.conftest import composed

SLOW = np.array([0.1, 0.5, 1.0, 2.0, 10.0])  # λt


def course(decay, seed):
    """‖θ‖², loss, distances from both splines and excess over the optimum, at times SLOW/λ."""
    config = composed("experiment=grokking")
    network = initialize(width=100, scale=4.0, antisymmetric=True, seed=seed)
    run = gradient_flow(network, Data(config.data.x, config.data.y), SLOW / decay, weight_decay=decay)
    names = "squared_weights", "linear_spline_distance", "optimum_excess", "optimum_cost"
    return compute(names, run, project(run), Settings(weight_decay=decay)), run.loss


@pytest.mark.parametrize("seed", [0, 1])
def test_norms_fall_on_one_curve_of_the_slow_time_while_the_loss_is_nothing(seed):
    (weak, weak_loss), (weaker, weaker_loss) = (course(decay, seed) for decay in (1e-3, 1e-4))
    # The slow flow along interpolants knows λt alone; what is left is the loss's own share, of order λ.
    np.testing.assert_allclose(weak["squared_weights"], weaker["squared_weights"], rtol=0.01)
    assert np.all(weaker_loss < 1e-5)
    assert weak_loss[0] < 1e-6
    # As long as weights shrink evenly, ‖θ‖² falls as exp(−2λt).
    ratio = weaker["squared_weights"][1] / weaker["squared_weights"][0]
    assert ratio == pytest.approx(np.exp(-2 * (SLOW[1] - SLOW[0])), rel=0.01)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_smooth_curve_becomes_the_polygon_of_least_weights(seed):
    found, _ = course(1e-4, seed)
    assert np.all(found["linear_spline_distance"][:2] > 0.15)
    assert found["linear_spline_distance"][-1] < 1e-3
    assert -1e-9 < found["optimum_excess"][-1] < 1e-3
    assert found["squared_weights"][-1] == pytest.approx(2 * found["optimum_cost"][-1] / 1e-4, rel=2e-3)


def test_it_keeps_what_its_ending_rests_on():
    _, broken = ending_of("grokking")
    assert broken == []
