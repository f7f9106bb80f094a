"""The projection equals the network, and does not see how the network is written."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from pipeline import Network, Trajectory, project
from pipeline.projection.spline import SplineTrajectory

GRID = np.linspace(-5, 5, 101)
weight = st.one_of(st.sampled_from([0.0, -0.0, 1.0, -1.0, 1e-200, -1e-200, 5e-324]), st.floats(-1e3, 1e3))
networks = st.lists(st.tuples(weight, weight, weight), min_size=1, max_size=12)


def frozen(*networks: Network) -> Trajectory:
    """A trajectory through given networks; what it learns does not matter here."""
    stack = {key: np.array([getattr(network, key) for network in networks]) for key in "wbvc"}
    frames = len(networks)
    held = np.full(stack["w"].shape, -1)
    return Trajectory(np.arange(frames), **stack, loss=np.zeros(frames), held=held, x=GRID[:1], y=GRID[:1])


def scale_of(network: Network) -> float:
    """Size of the terms that are summed to f on the grid: rounding is relative to it."""
    reach = np.abs(GRID).max()
    return 1 + np.sum(np.abs(network.v) * (np.abs(network.w) * reach + np.abs(network.b))) + abs(network.c)


@given(networks, st.floats(-10, 10))
def test_projection_equals_the_network(neurons, c):
    network = Network(*np.transpose(neurons), c)
    error = project(frozen(network)).evaluate(GRID)[0] - network.evaluate(GRID)
    assert np.abs(error).max() <= 1e-12 * scale_of(network)


def test_frames_are_projected_one_by_one():
    rng = np.random.default_rng(0)
    runs = [Network(*rng.normal(size=(3, 40)), rng.normal()) for _ in range(7)]
    spline = project(frozen(*runs))
    assert spline.breakpoint.shape == spline.delta_slope.shape == spline.orientation.shape == (7, 40)
    np.testing.assert_allclose(spline.evaluate(GRID), [run.evaluate(GRID) for run in runs], atol=1e-11)


def test_rescaling_and_permuting_neurons_change_nothing():
    rng = np.random.default_rng(1)
    w, b, v = rng.normal(size=(3, 25))
    factor, order = rng.uniform(0.1, 10, size=25), rng.permutation(25)
    plain = project(frozen(Network(w, b, v)))
    scaled = project(frozen(Network(factor * w, factor * b, v / factor)))
    permuted = project(frozen(Network(w[order], b[order], v[order])))
    for key in ("breakpoint", "delta_slope", "orientation"):
        np.testing.assert_allclose(getattr(scaled, key), getattr(plain, key), rtol=1e-14)
        np.testing.assert_array_equal(getattr(permuted, key), getattr(plain, key)[:, order])
    for other in (scaled, permuted):
        np.testing.assert_allclose(other.evaluate(GRID), plain.evaluate(GRID), atol=1e-12)


def test_neurons_without_breakpoint_are_kept():
    """w = 0: a constant where b > 0, nothing where b ≤ 0."""
    spline = project(frozen(Network([0, 0, 0, 0.0], [2, -2, 0, 1], [3, 5, 7, -1], c=0.5)))
    assert spline.breakpoint.shape == (1, 4)
    assert np.isposinf(spline.breakpoint).all()
    assert (spline.orientation == 0).all()
    assert (spline.evaluate(GRID) == 2 * 3 - 1 + 0.5).all()


def test_breakpoints_that_overflow_count_as_affine():
    tiny = 5e-324
    network = Network([tiny, -tiny, tiny, -tiny], [1, 1, -1, -1], [1, 2, 4, 8])
    spline = project(frozen(network))
    assert np.isinf(spline.breakpoint).all()
    assert (spline.evaluate(GRID) == network.evaluate(GRID)).all()


def test_hand_worked_hat():
    """Three neurons make a hat of height 1 on [−1, 1]."""
    spline = project(frozen(Network([1, 1, 1], [1, 0, -1], [1, -2, 1])))
    assert spline.breakpoint[0].tolist() == [-1, 0, 1]
    assert spline.slope_jump[0].tolist() == [1, -2, 1]
    assert spline.evaluate_frame(0, spline.breakpoint[0]).tolist() == [0, 1, 0]
    assert (spline.left_slope[0], spline.left_intercept[0]) == (0, 0)


def test_left_line_belongs_to_left_facing_neurons():
    spline = project(frozen(Network([-1, 2], [3, 4], [5, 6])))
    assert (spline.left_slope[0], spline.left_intercept[0]) == (-5, 15)
    assert spline.slope_jump[0].tolist() == [5, 12]


@pytest.mark.parametrize("frames", [1, 3])
def test_saved_and_loaded_bit_for_bit(tmp_path, frames):
    rng = np.random.default_rng(2)
    trajectory = frozen(*(Network(*rng.normal(size=(3, 5))) for _ in range(frames)))
    trajectory.save(tmp_path / "trajectory.npz")
    project(trajectory).save(tmp_path / "spline.npz")
    loaded = Trajectory.load(tmp_path / "trajectory.npz")
    np.testing.assert_array_equal(loaded.w, trajectory.w)
    again, stored = project(loaded), SplineTrajectory.load(tmp_path / "spline.npz")
    for key in vars(again):
        np.testing.assert_array_equal(getattr(stored, key), getattr(again, key))


def test_values_are_the_same_whether_lines_are_kept_or_not(monkeypatch):
    rng = np.random.default_rng(7)
    beta, mu, sign = rng.normal(size=(5, 9)), rng.normal(size=(5, 9)), rng.choice([-1, 0, 1], size=(5, 9))
    beta[1, 3], beta[2, 4], beta[3] = np.inf, -np.inf, np.inf
    x, lines = np.linspace(-3, 3, 31), (np.ones(5), np.arange(5.0))
    x = rng.permutation([*x, *x[:3], *beta[0], *beta[4]])  # some twice, some where they bend
    kept = SplineTrajectory(np.arange(5.0), beta, mu, sign, *lines).evaluate(x)
    monkeypatch.setattr("pipeline.projection.spline.KEPT", 0)
    np.testing.assert_array_equal(SplineTrajectory(np.arange(5.0), beta, mu, sign, *lines).evaluate(x), kept)
    finite = np.isfinite(beta)[..., None]
    hinges = np.where(finite, np.maximum(x - np.where(finite, beta[..., None], 0.0), 0.0), 0.0)
    expected = x + lines[1][:, None] + np.sum((sign * mu)[..., None] * hinges, axis=1)
    np.testing.assert_allclose(kept, expected, atol=1e-12)
