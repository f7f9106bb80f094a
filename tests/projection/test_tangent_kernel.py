"""The kernel by running sums against JJᵀ by the definition."""

import numpy as np
import pytest

from pipeline import Data, Network
from pipeline.model.initialization import initialize
from pipeline.projection.tangent_kernel import kernel_drift, kernel_eigenvalues, kernel_matrices, parameter_distance
from tests.projection.courses import course, jacobian, odd_data, odd_network, random_data, random_network


@pytest.mark.parametrize("case", [(random_network(50, 1), random_data()), (odd_network(), odd_data())])
def test_kernel_is_the_dense_one(case):
    network, data = case
    seen = course(network, data)
    root = np.sqrt(seen.samples.weight)
    dense = jacobian(network, seen.samples.x)
    expected = dense @ dense.T * np.outer(root, root)
    np.testing.assert_allclose(kernel_matrices(seen)[0], expected, atol=1e-12 * np.abs(expected).max())


def test_eigenvalues_are_those_of_all_rows():
    network, data = random_network(50, 2), random_data()
    dense = jacobian(network, data.x)
    expected = np.linalg.eigvalsh(dense @ dense.T)[::-1]
    found = kernel_eigenvalues(kernel_matrices(course(network, data)))[0]
    np.testing.assert_allclose(found, expected[: len(found)], atol=1e-11 * expected[0])


@pytest.mark.parametrize("learns", ["hidden", "output", "output_bias"])
def test_parts_of_the_network_learn(learns):
    network, data = random_network(20, 3), random_data()
    seen = course(network, data)
    root = np.sqrt(seen.samples.weight)
    dense = jacobian(network, seen.samples.x)
    columns = {"hidden": dense[:, :40], "output": dense[:, 40:], "output_bias": np.ones((len(root), 1))}[learns]
    chosen = dict.fromkeys(("hidden", "output", "output_bias"), False) | {learns: True}
    expected = columns @ columns.T * np.outer(root, root)
    np.testing.assert_allclose(kernel_matrices(seen, **chosen)[0], expected, atol=1e-12 * np.abs(expected).max())


def test_far_from_the_origin():
    """z(x)z(x') is small beside w²xx' there."""
    x = np.linspace(1871, 1970, 30)
    network = Network(np.ones(10), -np.linspace(1860, 1980, 10), np.full(10, 1e-3))
    seen = course(network, Data(x, x))
    dense = jacobian(network, x)
    np.testing.assert_allclose(kernel_matrices(seen)[0], dense @ dense.T, atol=1e-12 * np.max(dense @ dense.T))


def test_held_neurons_do_not_see_their_sample():
    data = Data([-1.0, 0.2, 0.9], [1.0, -1.0, 2.0])
    network = Network([1.0], [-0.2 + 1e-17], [2.0])
    kernel = kernel_matrices(course(network, data, held=[[1]]))[0]
    np.testing.assert_allclose(kernel, np.diag([0, 0, 4 * (1 + 0.81) + 0.49]), atol=1e-15)


def test_drift_and_distance():
    start = random_network(10, 4)
    scaled = Network(*(2 * part for part in (start.w, start.b, start.v)), 2 * start.c)
    seen = course([start, start, scaled], random_data())
    np.testing.assert_allclose(kernel_drift(kernel_matrices(seen)), [0, 0, 3], atol=1e-14)
    np.testing.assert_allclose(parameter_distance(seen), [0, 0, 1], atol=1e-14)


def test_drift_of_nothing():
    dead = Network([0.0], [0.0], [0.0])
    seen = course([dead, dead], random_data())
    assert kernel_drift(kernel_matrices(seen)).tolist() == parameter_distance(seen).tolist() == [0, 0]


def test_wide_kernels_move_less():
    """One gradient step at the same rate, He scaling: drift falls with width."""
    data = random_data()

    def drift(m):
        start = initialize(m, seed=5)
        gradient = (start.evaluate(data.x) - data.y) @ jacobian(start, data.x)
        w, b, v = np.concatenate([start.w, start.b, start.v]).reshape(3, m) - 1e-3 * gradient.reshape(3, m)
        return kernel_drift(kernel_matrices(course([start, Network(w, b, v)], data)))[1]

    assert drift(4000) < 0.5 * drift(40)
