"""Active sets are the definition's, at samples on breakpoints too, and their sums keep small numbers."""

import numpy as np
from hypothesis import given, strategies as st

from pipeline import Data, Network
from pipeline.projection.activity import Runs, merge_samples, run_sums
from tests.projection.courses import course, frozen, loss_of, odd_data, odd_network, random_data, random_network

place = st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0, 2.0])


def members(runs: Runs, count: int) -> np.ndarray:
    index = np.arange(count)[:, None]
    return (index >= runs.start[0]) & (index < runs.stop[0])


@given(st.lists(st.tuples(place, place, place), min_size=1, max_size=8))
def test_runs_are_the_active_sets(neurons):
    network, data = Network(*np.transpose(neurons)), Data([-1, -0.5, 0, 0, 0.5, 1, 2], np.zeros(7))
    seen = course(network, data)
    x = seen.samples.x
    expected = np.multiply.outer(x, network.w) + network.b > 0
    np.testing.assert_array_equal(members(seen.runs, len(x)), expected)
    np.testing.assert_array_equal(seen.runs.alive[0], expected.any(axis=0))


def test_odd_neurons():
    seen = course(odd_network(), odd_data())
    network, x = odd_network(), seen.samples.x
    np.testing.assert_array_equal(members(seen.runs, len(x)), np.multiply.outer(x, network.w) + network.b > 0)


def test_a_held_neuron_does_not_see_its_sample():
    """Whatever the rounding of −b/w says."""
    x = np.array([0.1, 0.3, 0.7])
    for nudge in (-1e-16, 0.0, 1e-16):
        seen = course(Network([1.0, -1.0], [-0.3 + nudge, 0.3 + nudge], [1, 1]), Data(x, x), held=[[1, 1]])
        assert members(seen.runs, 3).tolist() == [[False, True], [False, False], [True, False]]
        assert seen.breakpoint.tolist() == [[0.3, 0.3]]


def test_residual_sums_are_over_all_rows():
    network, data = random_network(30, 1), random_data()
    seen = course(network, data)
    active = np.multiply.outer(data.x, network.w) + network.b > 0
    residual = network.evaluate(data.x) - data.y
    np.testing.assert_allclose(seen.residual_sum[0], residual @ active, atol=1e-13)
    np.testing.assert_allclose(seen.residual_moment[0], (residual * data.x) @ active, atol=1e-13)


def test_sums_of_small_values_keep_their_digits():
    values = np.array([[1e16, 1.0, 1e-20]])
    runs = Runs(np.array([[2, 1, 0]]), np.array([[3, 3, 0]]))
    assert run_sums(values, runs).tolist() == [[1e-20, 1.0, 0.0]]


def test_merging_changes_the_loss_by_its_floor():
    network, data = random_network(9, 3), random_data()
    samples = merge_samples(data.x, data.y)
    residual = network.evaluate(samples.x) - samples.y
    merged = 0.5 * np.sum(samples.weight * residual**2) + samples.floor
    np.testing.assert_allclose(merged, loss_of(network, data), rtol=1e-14)
    assert samples.weight.sum() == len(data)
    assert frozen([network], data).loss[0] == loss_of(network, data)
