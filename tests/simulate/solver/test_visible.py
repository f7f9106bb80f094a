"""What is seen of a run: its breakpoints, and f at probes, in one pass over the neurons."""

import numpy as np
import pytest

from pipeline.compiled import compiled
from pipeline.model.network import Network
from pipeline.simulate.solver.kernels import suffix_or_prefix
from pipeline.simulate.solver.visible import active_probes, look, sight_of


@compiled
def looked(w, b, v, c, sight, breakpoint, value):
    look(w, b, v, c, sight, breakpoint, value)


@compiled
def runs(w, b, breakpoint, sight, found):
    for i in range(len(w)):
        found[i, 0] = active_probes(w[i], b[i], breakpoint[i], sight)
        found[i, 1] = suffix_or_prefix(w[i], b[i], sight.probe)


@pytest.fixture(scope="module")
def sight():
    x = np.sort(np.random.default_rng(3).normal(size=9) ** 3)  # unevenly spread
    return sight_of(x, np.sin(x))


def test_probes_are_found_without_a_search_as_with_one(sight):
    rng = np.random.default_rng(0)
    w, b = rng.normal(size=(2, 4000)) * 10 ** rng.uniform(-3, 3, (2, 4000))
    w[:50], b[:10] = 0.0, 0.0
    found = np.zeros((4000, 2), dtype=np.int64)
    runs(w, b, np.divide(-b, w, out=np.full(4000, np.inf), where=w != 0), sight, found)
    np.testing.assert_array_equal(found[:, 0], found[:, 1])
    assert len(np.unique(found)) > len(sight.probe)  # of all kinds


@pytest.mark.parametrize("w", [-2.0, 0.5])
def test_a_probe_at_a_breakpoint_is_worth_nothing_on_either_side(sight, w):
    network = Network(np.full_like(sight.probe, w), -w * sight.probe, np.ones_like(sight.probe))
    breakpoint, value = np.empty_like(sight.probe), np.empty_like(sight.probe)
    looked(network.w, network.b, network.v, 0.0, sight, breakpoint, value)
    np.testing.assert_allclose(breakpoint, sight.probe, rtol=1e-15)
    np.testing.assert_allclose(value, network.evaluate(sight.probe), rtol=1e-12, atol=1e-12)
