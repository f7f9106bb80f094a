"""The Hessians against finite differences of the loss, and their spectra against dense eigenvalues."""

import numpy as np
import pytest

from pipeline import Data, Network, gradient_flow
from pipeline.model.initialization import initialize
from pipeline.projection.hessian import HESSIANS, Hessian, hessian_spectra, negative_count, rank
from pipeline.projection.run_on_samples import RunOnSamples
from pipeline.projection.tangent_kernel import kernel_matrices
from tests.projection.courses import course, loss_of, odd_data, odd_network, random_data, random_network

STEP = 1e-4


def second_differences(function, at: np.ndarray) -> np.ndarray:
    """Central second differences: exact to rounding where `function` is piecewise of low degree."""
    size = len(at)
    result = np.empty((size, size))
    for i in range(size):
        for j in range(size):
            step = np.zeros((2, size))
            step[0, i] = step[1, j] = STEP
            corners = [function(at + p * step[0] + q * step[1]) * p * q for p in (1, -1) for q in (1, -1)]
            result[i, j] = sum(corners) / (4 * STEP**2)
    return result


def gram_of(hessian: Hessian) -> np.ndarray:
    """(K, K) JJᵀ, with the nonzero eigenvalues of JᵀJ."""
    flat = hessian.jacobian.reshape(len(hessian.jacobian), -1)
    return flat @ flat.T


def test_network_hessian_is_that_of_finite_differences():
    network, data = random_network(6, 1), random_data()

    def loss(theta):
        return loss_of(Network(*theta.reshape(3, 6), network.c), data)

    expected = second_differences(loss, np.concatenate([network.w, network.b, network.v]))
    found = HESSIANS["network"](course(network, data), 0).dense()
    np.testing.assert_allclose(found, expected, atol=1e-6 * np.abs(expected).max())


def test_spline_hessian_is_that_of_finite_differences():
    network, data = random_network(6, 2), random_data()
    side = np.sign(network.w)

    def loss(point):
        beta, mu = point.reshape(2, 6)
        return loss_of(Network(side, -side * beta, side * mu, network.c), data)

    seen = course(network, data)
    expected = second_differences(loss, np.concatenate([seen.spline.breakpoint[0], seen.spline.delta_slope[0]]))
    found = HESSIANS["spline"](seen, 0).dense()
    np.testing.assert_allclose(found, expected, atol=1e-6 * np.abs(expected).max())


@pytest.mark.parametrize("coordinates", HESSIANS)
@pytest.mark.parametrize("m", [1, 5, 60, 120])
def test_spectrum_is_the_dense_one(coordinates, m):
    hessian = HESSIANS[coordinates](course(random_network(m, m), random_data()), 0)
    expected = np.linalg.eigvalsh(hessian.dense())[::-1]
    np.testing.assert_allclose(hessian.eigenvalues(), expected, atol=1e-12 * np.abs(expected).max())


@pytest.mark.parametrize("coordinates", HESSIANS)
def test_odd_neurons_have_a_spectrum(coordinates):
    hessian = HESSIANS[coordinates](course(odd_network(), odd_data()), 0)
    expected = np.linalg.eigvalsh(hessian.dense())[::-1]
    np.testing.assert_allclose(hessian.eigenvalues(), expected, atol=1e-12 * np.abs(expected).max())
    dead = HESSIANS[coordinates](course(Network([0, 1.0], [-1, -9.0], [1, 1]), odd_data()), 0)
    assert not dead.eigenvalues().any()


@pytest.mark.parametrize("coordinates", HESSIANS)
def test_parts(coordinates):
    hessian = HESSIANS[coordinates](course(random_network(20, 3), random_data()), 0)
    gram = np.linalg.eigvalsh(gram_of(hessian))
    full = np.linalg.eigvalsh(hessian.gauss_newton())[-len(gram) :]
    np.testing.assert_allclose(gram[-8:], full[-8:], rtol=1e-9)
    part = hessian.residual_part()
    np.testing.assert_array_equal(part, part.T)


def test_gram_matrix_is_the_tangent_kernel():
    """JJᵀ in (w, b, v), weighted by rows."""
    seen = course(random_network(20, 4), random_data())
    np.testing.assert_allclose(gram_of(HESSIANS["network"](seen, 0)), kernel_matrices(seen)[0], atol=1e-11)


@pytest.mark.parametrize("coordinates", HESSIANS)
def test_rank_at_most_N_and_no_negative_curvature_at_zero_loss(coordinates):
    """Sahs et al. on the Hessian spectrum: the data are the network's own values."""
    network = random_network(40, 5)
    x = random_data(9, repeats=0).x
    spectra = hessian_spectra(course(network, Data(x, network.evaluate(x))), coordinates)
    assert spectra.shape[1] in (80, 120)
    assert 1 <= rank(spectra, 1e-12)[0] <= 9
    assert negative_count(spectra, 1e-12)[0] == 0
    np.testing.assert_allclose(spectra[0, 9:], 0, atol=1e-12 * spectra[0, 0])


def test_trained_network_has_a_spike_over_a_bulk():
    data = random_data(6, repeats=0)
    seen = RunOnSamples.of(gradient_flow(initialize(30, seed=1), data, [0, 1000], rtol=1e-6))
    spectra = hessian_spectra(seen, "network")
    assert seen.trajectory.loss[-1] < 1e-10
    assert rank(spectra)[-1] <= 6
    assert rank(spectra)[0] > 6
    assert negative_count(spectra)[0] > 0


def test_wide_networks_cost_what_their_samples_do():
    """The whole spectrum of 20,000 neurons: 60,000 eigenvalues from a matrix of a few dozen rows."""
    network = random_network(20_000, 6)
    hessian = HESSIANS["network"](course(network, random_data(6, repeats=2)), 0)
    spectrum = hessian.eigenvalues()
    assert spectrum.shape == (60_000,)
    trace = np.sum(hessian.jacobian**2) + np.einsum("mii->", hessian.coupling)
    np.testing.assert_allclose(spectrum.sum(), trace, rtol=1e-10)
    square = np.sum(gram_of(hessian) ** 2) + np.sum(hessian.coupling**2)
    flat = np.einsum("kim,mij,kjm->", hessian.jacobian, hessian.coupling, hessian.jacobian)
    np.testing.assert_allclose(np.sum(spectrum**2), square + 2 * flat, rtol=1e-10)


def test_nothing_to_count():
    assert rank(np.zeros((2, 5))).tolist() == negative_count(np.zeros((2, 5))).tolist() == [0, 0]
