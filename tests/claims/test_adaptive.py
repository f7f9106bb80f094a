"""experiment=adaptive: knots gather at and are held by samples (Williams et al., arXiv:1906.07842)."""

import numpy as np

from tests.claims.played import play

NEAR = 0.02  # of the unit of x: a twentieth of the gap between samples


def at_samples(run, frame: int) -> np.ndarray:
    """Whether each breakpoint is at a sample."""
    return np.abs(run.spline.breakpoint[frame][:, None] - run.data.x).min(axis=1) < NEAR


def test_it_becomes_the_linear_spline():
    run = play("adaptive")
    assert run.quantity("linear_spline_distance")[-1] < 0.02
    assert run.trajectory.loss[-1] < 1e-6


def test_knots_gather_at_the_samples():
    run = play("adaptive")
    size = np.abs(run.spline.delta_slope[-1])
    assert np.mean(at_samples(run, 0)) < 0.15
    assert size[at_samples(run, -1)].sum() > 0.95 * size.sum()


def test_samples_hold_them():
    held = play("adaptive").quantity("held_count")
    assert held[0] == 0
    assert held.max() > 0.3 * 200


def test_held_breakpoints_are_at_their_sample():
    run = play("adaptive")
    held = run.trajectory.held >= 0
    sample = run.data.x[run.trajectory.held]
    assert held.any()
    np.testing.assert_allclose(run.spline.breakpoint[held], sample[held], atol=1e-9)
