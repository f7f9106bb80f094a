"""Breakpoints that are placed by the data, and starts with spikes."""

from dataclasses import asdict

import numpy as np
import pytest
from scipy import stats

from pipeline import Data, gradient_flow, project
from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError
from pipeline.model.check import check_init
from pipeline.model.initialization import SCALINGS, Placed, deviations, initialize

X = np.array([-0.7, -0.2, 0.1, 0.1, 1.3])
SPIKES = {"scaling": "spikes", "spikes": [-0.5, 0.4], "spike_height": 3.0, "spike_width": 0.1}


def network(samples=X, **keys):
    return initialize(**asdict(InitConfig(**keys)), samples=samples)


@pytest.mark.parametrize(("interval", "ends"), [([], (-0.7, 1.3)), ([2.0, 5.0], (2.0, 5.0))])
def test_breakpoints_are_uniform_where_they_are_asked_for(interval, ends):
    drawn = network(scaling="uniform_breakpoints", interval=interval, width=4000)
    law = stats.uniform(ends[0], ends[1] - ends[0])
    assert stats.kstest(-drawn.b / drawn.w, law.cdf).pvalue > 0.01
    assert drawn.w.std() == pytest.approx(np.sqrt(2), rel=5 / np.sqrt(2 * 4000))


@pytest.mark.parametrize("width", [4, 9, 40])
def test_every_sample_gets_as_many_breakpoints_up_to_one(width):
    drawn = network(scaling="sample_breakpoints", width=width)
    near = np.abs(-(drawn.b / drawn.w)[:, None] - np.unique(X)).argmin(axis=1)
    np.testing.assert_allclose(-drawn.b / drawn.w, np.unique(X)[near], rtol=1e-12)
    counts = np.bincount(near, minlength=4)
    assert counts.sum() == width
    assert np.ptp(counts) <= 1


def test_weights_are_those_of_he_whatever_the_place():
    placed, plain = network(scaling="sample_breakpoints", width=30), network(width=30)
    np.testing.assert_array_equal(placed.w, plain.w)
    np.testing.assert_array_equal(placed.v, plain.v)


def descent(network, data, end: float, step: float, grid) -> np.ndarray:
    """f at the end of gradient descent, in plain NumPy."""
    w, b, v = network.w, network.b, network.v
    for _ in range(round(end / step)):
        z = np.outer(data.x, w) + b
        residual = np.maximum(z, 0) @ v - data.y
        r0, r1 = residual @ (z > 0), (residual * data.x) @ (z > 0)
        w, b, v = w - step * v * r1, b - step * v * r0, v - step * (w * r1 + b * r0)
    return np.maximum(np.outer(grid, w) + b, 0) @ v


def test_the_flow_from_breakpoints_at_samples_is_the_limit_of_small_steps():
    """Every neuron starts where its velocity jumps."""
    data, grid = Data(X, np.array([0.3, 1.0, -0.5, -0.5, 0.2])), np.linspace(-1, 1.5, 50)
    at = network(scaling="sample_breakpoints", width=12)
    flow = project(gradient_flow(at, data, [0, 0.05], rtol=1e-7)).evaluate(grid)[-1]
    gaps = [np.abs(descent(at, data, 0.05, step, grid) - flow).max() for step in (1e-4, 2.5e-5)]
    assert gaps[1] < 2e-5
    assert gaps[0] / gaps[1] == pytest.approx(4, rel=0.1)


@pytest.mark.parametrize("keys", [{}, {"scale": 0.1}, {"layer_ratio": 5.0}])
def test_spikes_stand_as_high_and_wide_as_asked_whatever_the_scale(keys):
    spiky = network(width=6, **SPIKES, **keys)
    x = np.array([-2, -0.55, -0.525, -0.5, -0.45, 0.35, 0.4, 0.425, 0.45, 2])
    np.testing.assert_allclose(spiky.evaluate(x), [0, 0, 1.5, 3, 0, 0, 3, 1.5, 0, 0], atol=1e-12)


def test_the_other_neurons_are_as_drawn_and_scaled():
    spiky = network(width=40, scale=0.5, **SPIKES)
    assert len(spiky) == 40
    twice = network(width=40, scale=1.0, **SPIKES)
    np.testing.assert_allclose(twice.w[6:], 2 * spiky.w[6:])
    np.testing.assert_array_equal(twice.w[:6], spiky.w[:6])


def test_densities_of_gaussians_are_not_said_of_other_laws():
    placed = [name for name, row in SCALINGS.items() if isinstance(row, Placed)]
    assert len(placed) == 2
    assert all(deviations(InitConfig(scaling=name)) is None for name in [*placed, "spikes"])
    assert deviations(InitConfig()) is not None


def test_placing_by_the_data_needs_them():
    with pytest.raises(InputError, match=r"`samples`: .*uniform_breakpoints.*give their x"):
        initialize(4, "uniform_breakpoints")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"scaling": "uniform_breakpoints", "interval": [1.0]}, r"init.interval = \[1.0\]: give two numbers"),
        ({"scaling": "uniform_breakpoints", "interval": [1.0, -1.0]}, "that ascend"),
        ({"interval": [-1.0, 1.0]}, r"init.interval .* not used by init.scaling = he"),
        ({"scaling": "sample_breakpoints", "bias_ratio": 2.0}, "init.bias_ratio = 2.0: not used"),
        ({"scaling": "spikes"}, r"init.spikes = \[\]: give at least one place"),
        ({"scaling": "spikes", "spikes": [0.0, 0.1], "width": 5}, "takes 6 neurons, and init.width = 5"),
        ({"scaling": "spikes", "spikes": [0.0], "antisymmetric": True}, "init.antisymmetric = true: not used"),
        ({"spike_height": 2.0}, r"init.spike_height = 2.0: not used by init.scaling = he"),
    ],
)
def test_what_is_wrong_is_told_in_a_line(keys, words):
    with pytest.raises(InputError, match=words):
        check_init(InitConfig(**keys))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"scaling": "spikes"}, r"`spikes` = \[\]: give at least one place"),
        (SPIKES | {"width": 5}, "`scaling` = spikes: takes 6 neurons, and `width` = 5"),
        (SPIKES | {"antisymmetric": True}, "`antisymmetric` = true: not used by `scaling` = spikes"),
        (SPIKES | {"balanced": True}, "`balanced` = true: not used"),
        ({"spikes": np.array([0.5, 0.7])}, "`spikes` = .*: not used by `scaling` = he"),
        ({"scaling": "weights", "w": [1], "b": [0], "v": [1], "balanced": True}, "`balanced` = true: not used"),
    ],
)
def test_it_is_told_so_from_python_too(keys, words):
    with pytest.raises(InputError, match=words) as told:
        initialize(**{"width": 8} | keys)
    assert "\n" not in str(told.value)
