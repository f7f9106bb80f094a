"""The loss one neuron sees equals the loss of the network it would be part of."""

import numpy as np
import pytest

from pipeline import Data, Network
from pipeline.projection.loss_surface import loss_planes, loss_surface, losses_along
from tests.projection.courses import course, loss_of, odd_data, odd_network, random_data, random_network


def moved(network: Network, neuron: int, beta: float, mu: float, side: int) -> Network:
    """The network with one neuron at (β, μ)."""
    w, b, v = network.w.copy(), network.b.copy(), network.v.copy()
    w[neuron], b[neuron], v[neuron] = side, -side * beta, side * mu
    return Network(w, b, v, network.c)


@pytest.mark.parametrize("neuron", [0, 1, 2, 3])
def test_plane_is_the_loss_of_the_networks(neuron):
    network, data = random_network(20, 1), random_data()
    surface = loss_surface(course(network, data), 0, neuron)
    beta = np.concatenate([np.linspace(-4, 4, 33), data.x])
    mu = np.linspace(-3, 3, 7)
    side = int(np.sign(network.w[neuron]))
    expected = [[loss_of(moved(network, neuron, p, q, side), data) for p in beta] for q in mu]
    np.testing.assert_allclose(surface.plane(beta, mu), expected, rtol=1e-12)


def test_both_orientations_occur():
    assert set(np.sign(random_network(20, 1).w[:4])) == {-1, 1}


def test_own_place_has_the_loss_of_the_frame():
    network, data = random_network(20, 2), random_data()
    seen = course(network, data)
    for neuron in range(20):
        own = seen.spline.breakpoint[0, neuron], seen.spline.delta_slope[0, neuron]
        np.testing.assert_allclose(loss_surface(seen, 0, neuron).loss(*own), loss_of(network, data), rtol=1e-12)


def test_slopes_at_the_neurons_own_place_are_its_residual_sums():
    """∂L/∂β = −μR0 and ∂L/∂μ = R1 − βR0, by finite differences of the loss."""
    network, data, step = random_network(20, 3), random_data(), 1e-6
    seen = course(network, data)
    for neuron in range(20):
        surface = loss_surface(seen, 0, neuron)
        beta, mu = seen.spline.breakpoint[0, neuron], seen.spline.delta_slope[0, neuron]
        by_beta = (surface.loss(beta + step, mu) - surface.loss(beta - step, mu)) / (2 * step)
        by_mu = (surface.loss(beta, mu + step) - surface.loss(beta, mu - step)) / (2 * step)
        r0, r1 = seen.residual_sum[0, neuron], seen.residual_moment[0, neuron]
        np.testing.assert_allclose((by_beta, by_mu), (-mu * r0, r1 - beta * r0), rtol=1e-6, atol=1e-6)


def test_continuous_across_samples():
    data = random_data()
    surface = loss_surface(course(random_network(20, 5), data), 0, 1)
    x = np.unique(data.x)
    for side in (np.nextafter(x, -9), np.nextafter(x, 9)):
        np.testing.assert_allclose(surface.loss(side, 1.3), surface.loss(x, 1.3), rtol=1e-12)


def test_far_from_the_origin():
    """Years: sums of x² are around 4e6 and cancel to the span of the samples."""
    x = np.linspace(1871, 1970, 100)
    data, network = Data(x, np.sin(x)), Network([1, -1, 1.0], [-1900, 1930, -1880.5], [0.1, -0.2, 0.05])
    surface = loss_surface(course(network, data), 0, 0)
    beta = np.linspace(1870, 1971, 57)
    expected = [loss_of(moved(network, 0, place, 0.3, 1), data) for place in beta]
    np.testing.assert_allclose(surface.loss(beta, 0.3), expected, rtol=1e-12)


def test_odd_neurons_have_a_surface():
    network, data = odd_network(), odd_data()
    seen = course(network, data)
    for neuron in range(len(network)):
        surface = loss_surface(seen, 0, neuron)
        rest = np.delete(np.arange(len(network)), neuron)
        others = Network(network.w[rest], network.b[rest], network.v[rest], network.c)
        np.testing.assert_allclose(surface.without, loss_of(others, data), rtol=1e-12)
        assert np.isfinite(surface.plane(data.x, np.array([-1.0, 0, 1]))).all()


def test_every_frame():
    networks, data = [random_network(9, seed) for seed in range(3)], random_data()
    seen, beta, mu = course(networks, data), np.linspace(-2, 2, 11), np.linspace(-1, 1, 4)
    assert loss_planes(seen, 2, beta, mu).shape == (3, 4, 11)
    along = losses_along(seen, 2, beta)
    for frame in range(3):
        own = seen.spline.delta_slope[frame, 2]
        np.testing.assert_array_equal(along[frame], loss_surface(seen, frame, 2).loss(beta, own))
