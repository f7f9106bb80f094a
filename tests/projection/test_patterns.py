"""Plateaus and what neurons see: counted on networks that are placed by hand."""

import numpy as np
import pytest

from pipeline import Data, Network, project
from pipeline.projection.patterns import on_plateau
from pipeline.projection.quantities import compute
from tests.projection.courses import frozen

DATA = Data(np.array([-1.0, 0.0, 1.0, 2.0]), np.zeros(4))


def found(networks):
    run = frozen(networks, DATA)
    return compute(["pattern_changes", "strong_changes", "direction_count"], run, project(run))


def network(*breakpoints, v=2.0):
    ones = np.ones(len(breakpoints))
    return Network(ones, -np.array(breakpoints), v * ones)


def test_samples_that_a_breakpoint_passes_are_counted_and_those_of_strong_neurons_weigh():
    seen = found([network(-1.5), network(-0.5), network(1.5), network(0.5)])
    np.testing.assert_array_equal(seen["pattern_changes"], [0, 1, 3, 4])
    np.testing.assert_allclose(
        np.diff(seen["strong_changes"]), 2 * np.hypot(1, [-0.5, 1.5, 0.5]) * [1, 2, 1], rtol=1e-12
    )


def test_neurons_that_turn_around_change_only_what_they_see_before_or_after():
    """On to the left of all samples, seeing none: no change; from the last sample to the first two: three."""
    right, left = (Network([side, side], [-9.0, place], [1.0, 1.0]) for side, place in ((1.0, -1.5), (-1.0, 0.5)))
    np.testing.assert_array_equal(found([right, left])["pattern_changes"], [0, 3])


def test_they_do_not_depend_on_the_scale_of_hidden_weights():
    def scaled(factor):
        ones = np.ones(2)
        return [Network(factor * ones, -factor * np.array(places), ones / factor) for places in [(-2, 0.5), (0.5, 3)]]

    for name, values in found(scaled(1.0)).items():
        np.testing.assert_allclose(values, found(scaled(7.0))[name], rtol=1e-12, err_msg=name)


def test_directions_are_counted_once_also_across_the_ends_of_the_angle_and_the_dead_not_at_all():
    same = Network(np.array([1.0, 2.0, 1.0]), np.array([0.5, 1.0, -0.5]), np.ones(3))
    around = Network(np.array([-1.0, -1.0, 1.0]), np.array([1e-4, -1e-4, -9.0]), np.ones(3))  # the last sees none
    none = Network(np.ones(3), np.full(3, -9.0), np.ones(3))
    np.testing.assert_array_equal(found([same, around, none])["direction_count"], [2, 1, 0])


@pytest.mark.parametrize("power", [0.0, 0.04, 0.06, 3.0])
def test_a_power_of_time_is_a_plateau_where_it_is_below_the_bound(power):
    t = np.geomspace(1e-3, 1e3, 400)
    np.testing.assert_array_equal(on_plateau(t, t**-power), power < 0.05)
    np.testing.assert_array_equal(
        on_plateau(np.concatenate([[0.0], t]), np.concatenate([[9.0], t**-power]))[1:], power < 0.05
    )


def test_a_run_of_one_moment_stands_still():
    assert on_plateau(np.zeros(1), np.ones(1)).all()
