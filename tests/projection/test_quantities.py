"""The table: every row keeps its shape, for odd runs too, and is computed only when asked."""

import numpy as np
import pytest

from pipeline import Data, InputError, Network, gradient_flow, project
from pipeline.model.initialization import initialize
from pipeline.projection import global_optimum, hessian, tangent_kernel
from pipeline.projection.prior import Prior
from pipeline.projection.quantities import QUANTITIES, compute
from pipeline.projection.settings import LEVELS, Settings, farthest_in_sight
from tests.projection.courses import frozen, odd_data, odd_network, random_data, random_network

KNOWN = Data([0, 1], [0, 1], target=np.sin, knots=np.array([0.5]), test=Data([0.25, 0.5, 0.75], [0, 1, 0]))
SETTINGS = Settings(
    grid=np.linspace(-2, 2, 33),
    delta_slopes=np.linspace(-1, 1, 7),
    prior=Prior("normal", 1, 1, 1, 15),
    weight_decay=0.1,
    learning_rate=0.05,
    data=lambda: KNOWN,
)
UNBOUNDED = {"breakpoint_velocity", "knot", "sorted_breakpoint", "neuron_breakpoint"} | {
    "smoothing_strength",
    "delta_slope_density",
    *("half_time", "half_time_predicted"),
    *("breakpoint_reach", "lower_interpolant", "upper_interpolant", "bend_time", "line_loss_share"),
}
OF_LABELS = {"margin_share", "largest_margin", "largest_margin_distance"}  # see test_largest_margin.py
PARTIAL = {"piece_lines"}  # no number where there is no prediction


def trained():
    return gradient_flow(initialize(15, scale=0.4, seed=2), random_data(), [0, 0.1, 3, 60])


def frozen_odd():
    return frozen([odd_network()] * 2, odd_data())


def single():
    return frozen([Network([1.0], [0.5], [1.0])], Data([0.3], [0.7]))


def dead():
    return frozen([Network([0.0, 1], [0.0, -9], [0.0, 1])] * 3, odd_data())


@pytest.mark.parametrize("make", [trained, frozen_odd, single, dead])
def test_every_quantity_has_its_shape_and_no_nan(make):
    trajectory = make()
    found = compute([name for name in QUANTITIES if name not in OF_LABELS], trajectory, project(trajectory), SETTINGS)
    m, samples = trajectory.w.shape[1], len(np.unique(trajectory.x))
    sizes = {"F": len(trajectory.t), "m": m, "N": len(trajectory.x), "K": samples, "P": 33, "M": 7}
    sizes |= {"2": 2, "m+1": m + 1, "2m": 2 * m, "3m": 3 * m, "T": 3, "J": 1}
    optimum = global_optimum(trajectory.x, trajectory.y - trajectory.c[0], SETTINGS.weight_decay)
    sizes["O"] = len(optimum.breakpoint)
    for name, array in found.items():
        shape = tuple(sizes[letter] for letter in QUANTITIES[name].shape.split())
        if name == "hessian_leading":
            shape = sizes["F"], min(samples, 3 * m)
        assert array.shape == shape, name
        assert name in PARTIAL or not np.isnan(array).any(), name
        assert name in UNBOUNDED or not np.isinf(array).any(), name


def test_defaults_are_chosen_from_the_run():
    trajectory = trained()
    found = compute(["grid", "delta_slope_grid", "loss_plane"], trajectory, project(trajectory))
    assert found["grid"][0, 0] < trajectory.x[0] < trajectory.x[-1] < found["grid"][0, -1]
    assert np.abs(found["delta_slope_grid"]).max() > np.abs(project(trajectory).delta_slope[:, 0]).max()
    assert found["loss_plane"].shape == (4, LEVELS, Settings().points)


def test_only_what_is_asked_is_computed(monkeypatch):
    def refuse(*_):
        raise AssertionError("computed though not asked for")

    monkeypatch.setattr(hessian, "hessian_spectra", refuse)
    monkeypatch.setattr(tangent_kernel, "kernel_matrices", refuse)
    trajectory = trained()
    assert set(compute(["roughness", "residual"], trajectory, project(trajectory))) == {"roughness", "residual"}


def test_loss_and_residual_agree():
    trajectory = trained()
    residual = compute(["residual"], trajectory, project(trajectory))["residual"]
    np.testing.assert_allclose(0.5 * np.sum(residual**2, axis=1), trajectory.loss, rtol=1e-10)


def test_sum_of_kernel_and_hessian_traces():
    """trace H = trace K: C has none."""
    trajectory = frozen([random_network(15, 1)], random_data())
    found = compute(["kernel", "hessian_eigenvalues"], trajectory, project(trajectory))
    np.testing.assert_allclose(found["hessian_eigenvalues"].sum(), np.trace(found["kernel"][0]), rtol=1e-12)


def test_distances_are_to_the_predictions():
    trajectory = trained()
    found = compute(["linear_spline_distance", "kernel_path_distance"], trajectory, project(trajectory), SETTINGS)
    assert found["linear_spline_distance"][-1] < found["linear_spline_distance"][0]
    still = frozen([random_network(15, 1)] * 2, random_data())
    start = compute(["linearized_flow_distance"], still, project(still), SETTINGS)["linearized_flow_distance"]
    assert start[0] < 1e-12


@pytest.mark.parametrize(
    ("names", "settings", "message"),
    [
        (["roughnes"], Settings(), "no quantity roughnes; .*roughness"),
        (["kernel_limit"], Settings(), "prior"),
        (["stability_limit"], Settings(), "dynamics.learning_rate"),
        (["loss_plane"], Settings(neuron=15), "neuron = 15"),
    ],
)
def test_what_cannot_be_computed_is_named(names, settings, message):
    trajectory = trained()
    with pytest.raises(InputError, match=message):
        compute(names, trajectory, project(trajectory), settings)


def test_the_neuron_to_look_at_stays_in_sight_and_goes_farthest():
    """Breakpoints: out of sight, in sight and still, moving, moving farther but leaving."""
    places = np.array([[-9.0, 0.2, -0.5, 0.1], [-9.0, 0.2, 0.0, 0.9], [-9.0, 0.2, 0.1, 1.5]])
    data = Data([-1, 0, 1], [0, 1, 0])
    one = frozen([Network(np.ones(4), -place, np.ones(4)) for place in places], data)
    assert farthest_in_sight(project(one), -1, 1) == 2
    assert farthest_in_sight(project(one), -1, 2) == 3
    chosen = compute(["neuron_breakpoint"], one, project(one))["neuron_breakpoint"]
    np.testing.assert_array_equal(chosen, places[:, 2])


def test_a_law_without_density_fails_only_what_needs_it():
    """With init.bias_ratio = 0 all breakpoints start at 0."""
    trajectory = trained()
    settings = Settings(prior=lambda: Prior.of_init(15, bias_ratio=0.0))
    assert compute(["roughness"], trajectory, project(trajectory), settings)["roughness"].shape == (4,)
    with pytest.raises(InputError, match="sigma_b = 0"):
        compute(["breakpoint_density"], trajectory, project(trajectory), settings)


def one_data():
    return Data([-1, 0, 1], [0, 1, 0])


@pytest.mark.parametrize("offset", [-1e-12, 0.0, 1e-12])
def test_a_breakpoint_at_an_end_sample_is_among_the_samples_whatever_its_rounding(offset):
    place = np.array([-1 + offset, 1 + offset])
    one = frozen([Network(np.ones(2), -place, np.ones(2))], one_data())
    found = compute(["share_inside", "effective_knots"], one, project(one))
    assert found["share_inside"].tolist() == [1]
    np.testing.assert_allclose(found["effective_knots"], [2])
    beyond = frozen([Network(np.ones(2), 1e-6 * np.array([1, -1]) - place, np.ones(2))], one_data())
    assert compute(["share_inside"], beyond, project(beyond))["share_inside"].tolist() == [0]
