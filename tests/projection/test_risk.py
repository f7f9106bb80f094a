"""Mean errors over all x: exact where f and the target are straight between points."""

import numpy as np
import pytest

from pipeline import Data, Network, project
from pipeline.projection.quantities import compute
from pipeline.projection.risk import mean_powers
from pipeline.projection.settings import Settings
from tests.projection.courses import frozen

NAMES = "mean_error", "mean_square_error"


def errors(networks, target, x=(-1.0, 0.25, 2.0)):
    run = frozen(networks, Data(np.array(x), np.zeros(len(x)), target=target))
    data = Data(run.x, run.y, target=target)
    found = compute(NAMES, run, project(run), Settings(data=lambda: data, points=64))
    return np.stack([found[name] for name in NAMES])


@pytest.mark.parametrize("seed", range(5))
def test_means_of_a_polygon_are_those_of_very_many_points(seed):
    rng = np.random.default_rng(seed)
    x, y = np.sort(rng.uniform(-1, 1, 9)), rng.normal(size=9)
    many = np.interp(np.linspace(x[0], x[-1], 1_000_001), x, y)
    assert mean_powers(x, y) == pytest.approx((np.mean(np.abs(many)), np.mean(many**2)), rel=1e-4)


def test_knots_between_points_of_the_grid_count():
    # A tent of height 1 and width 2e-3 about 0.1, of three neurons.
    w, b, v = np.ones(3), -(0.1 + 1e-3 * np.array([-1, 0, 1])), 1e3 * np.array([1, -2, 1])
    found = errors([Network(w, b, v)] * 2, np.zeros_like)
    np.testing.assert_allclose(found, [[1e-3 / 3] * 2, [2e-3 / 3 / 3] * 2], rtol=1e-9)


def test_a_network_that_is_the_target_has_none_and_one_beside_it_its_distance():
    network, beside = (Network(np.ones(1), np.zeros(1), np.ones(1), c) for c in (0.0, -0.5))
    np.testing.assert_allclose(errors([network, beside], lambda x: np.maximum(x, 0)), [[0, 0.5], [0, 0.25]], atol=1e-15)
    np.testing.assert_allclose(errors([beside] * 2, lambda x: np.maximum(x, 0), x=(1.0,)), [[0.5] * 2, [0.25] * 2])
