"""Losses from running sums are those from every row."""

import numpy as np
import pytest

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.losses_by_moments import loss_by_moments

ROUNDING = 1e-12  # of Σy² and what else is added up


@pytest.mark.parametrize("seed", range(4))
def test_they_are_the_losses_from_every_row(seed):
    """Also with w = 0, with breakpoints at rows and beyond all, and where rows share an x."""
    rng = np.random.default_rng(seed)
    x = np.round(rng.uniform(5, 7, 2000), 3)
    data = Data(x, np.sin(4 * x) + 0.2 * rng.normal(size=2000))
    w, b, v = rng.normal(size=(3, 30))
    w[:3], b[:3] = 0.0, [1.0, -1.0, 0.0]
    b[3:20] = -w[3:20] * np.concatenate([data.x[::200], rng.uniform(4, 8, 7)])
    residual = Network(w, b, v, 0.3).evaluate(data.x) - data.y
    terms = np.sum(data.y**2) + np.sum(np.abs(v)) ** 2 * 10 * len(data)
    assert abs(loss_by_moments(w, b, v, 0.3, data) - 0.5 * np.sum(residual**2)) < ROUNDING * terms


@pytest.mark.parametrize("place", [(1e3, 0.0), (1e5, 1e4), (0.0, 1e6)])
def test_small_losses_keep_their_digits_far_from_0(place):
    rng = np.random.default_rng(0)
    knots = np.linspace(0, 1, 20)
    network = Network(np.ones(20), -knots - place[0], rng.normal(size=20), place[1])
    x = np.sort(rng.uniform(0, 1, 2000)) + place[0]
    data = Data(x, network.evaluate(x) + 1e-3 * rng.normal(size=2000))
    true = 0.5 * np.sum((network.evaluate(data.x) - data.y) ** 2)
    assert loss_by_moments(network.w, network.b, network.v, network.c, data) == pytest.approx(true, rel=1e-5)
