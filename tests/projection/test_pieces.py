"""Pieces are what neurons see alike; at critical points f is their least-squares line."""

import numpy as np

from pipeline import Data, Network, gradient_flow
from pipeline.projection.activity import Samples
from pipeline.projection.pieces import fit_distance, fit_loss, piece_index, piece_lines, piece_sums, piecewise_fit
from pipeline.projection.run_on_samples import RunOnSamples
from tests.projection.courses import course, odd_data, odd_network, random_data, random_network


def test_a_piece_ends_where_some_active_set_does():
    for network, data in ((random_network(6, 1), random_data()), (odd_network(), odd_data())):
        seen = course(network, data)
        index = piece_index(seen.runs, len(seen.samples.x))[0]
        active = np.multiply.outer(seen.samples.x, network.w) + network.b > 0
        changes = np.any(active[1:] != active[:-1], axis=1)
        np.testing.assert_array_equal(np.diff(index), changes)
        assert index[0] == 0


def test_fit_is_the_least_squares_line_of_all_rows():
    network, data = random_network(3, 3), random_data(30)
    seen = course(network, data)
    index = piece_index(seen.runs, len(seen.samples.x))
    fit, row_piece = piecewise_fit(index, seen.samples)[0], index[0][np.searchsorted(seen.samples.x, data.x)]
    assert index.max() >= 1
    for piece in range(index.max() + 1):
        rows, own = row_piece == piece, index[0] == piece
        degree = 1 if own.sum() > 1 else 0
        expected = np.polyval(np.polyfit(data.x[rows], data.y[rows], degree), seen.samples.x[own])
        np.testing.assert_allclose(fit[own], expected, atol=1e-12)


def test_lines_are_drawn_over_their_own_samples_only():
    """Two pieces of three and one of a single sample: gaps between them, and beyond them the lines go on."""
    x, y = np.arange(7.0), np.array([0.0, 1, 2, 5, 4, 3, 9])
    samples = Samples(x, y, np.ones(7), 0.0)
    lines = piece_lines(np.array([[0, 0, 0, 1, 1, 1, 2]]), samples, np.array([-1, 0.5, 2.5, 3.5, 5.5, 8]))
    np.testing.assert_allclose(lines, [[-1, 0.5, np.nan, 4.5, np.nan, 9]])


def test_loss_of_the_fit_is_what_no_lines_can_undo():
    samples = Samples(np.arange(3.0), np.array([0.0, 3, 0]), np.ones(3), 0.25)
    np.testing.assert_allclose(fit_loss(np.array([[0, 0, 0], [0, 1, 1]]), samples), [3.25, 0.25])


def test_sums_over_pieces():
    index = np.array([[0, 0, 1, 2], [0, 1, 1, 1]])
    assert piece_sums(index, np.array([1.0, 2, 3, 4])).tolist() == [[3, 3, 4, 0], [1, 9, 0, 0]]


def test_least_squares_pieces_are_at_distance_0_and_critical():
    """A kink between two groups of samples, each of which is a line plus noise that the line cannot see."""
    x = np.array([-3.0, -2, -1, 1, 2, 3])
    y = np.where(x < 0, x, -2 * x) + np.array([1, -2, 1, 1, -2, 1])
    data = Data(x, y)
    network = Network([-1, 1], [0, 0], [-1, -2])
    seen = course(network, data)
    index = piece_index(seen.runs, 6)
    np.testing.assert_allclose(fit_distance(index, seen.samples, seen.residual), 0, atol=1e-14)
    np.testing.assert_allclose([seen.residual_sum, seen.residual_moment], 0, atol=1e-13)


def test_gradient_flow_ends_at_the_least_squares_fit_of_its_pieces():
    """Where active sets separate the pieces; f itself never gets closer to the data than the fit."""
    data = Data([-2.0, -1.5, -1, 1, 1.5, 2], [2.0, 1.1, 1, 1, 1.7, 2])
    start = Network([1.2, -1.2, 1, -1], [0.1, 0.1, 3, 3], [0.7, 0.7, 0.1, -0.1])
    seen = RunOnSamples.of(gradient_flow(start, data, [0, 1, 2000], rtol=1e-9))
    distance = fit_distance(piece_index(seen.runs, 6), seen.samples, seen.residual)
    assert distance[0] > 0.1
    assert distance[-1] < 1e-5


def test_no_neuron_sees_anything():
    seen = course(Network([0.0], [-1.0], [1.0]), odd_data())
    index = piece_index(seen.runs, 4)
    assert not index.any()
    assert np.isfinite(fit_distance(index, seen.samples, seen.residual)).all()
