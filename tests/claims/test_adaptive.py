"""experiment=adaptive: knots gather at and are held by samples (Williams et al., arXiv:1906.07842)."""

from dataclasses import replace

import numpy as np

from pipeline.render.film.storyboard import storyboard_of
from pipeline.render.film.telling import broken_claims, card_of
from pipeline.render.film.time_axis import TimeAxis
from pipeline.run.timeline import film_of
from tests.claims.endings import ending_of
from tests.claims.played import play, taken

LONG = "dynamics.end_time=1000"  # the clip ends before, while all four corners are held
NEAR = 0.02  # of the unit of x: a twentieth of the gap between samples


def at_samples(run, frame: int) -> np.ndarray:
    """Whether each breakpoint is at a sample."""
    return np.abs(run.spline.breakpoint[frame][:, None] - run.data.x).min(axis=1) < NEAR


def test_it_becomes_the_linear_spline():
    run = play("adaptive", LONG)
    assert run.quantity("linear_spline_distance")[-1] < 0.02
    assert run.trajectory.loss[-1] < 1e-6


def test_knots_gather_at_the_samples():
    run = play("adaptive", LONG)
    size = np.abs(run.spline.delta_slope[-1])
    assert np.mean(at_samples(run, 0)) < 0.15
    assert size[at_samples(run, -1)].sum() > 0.95 * size.sum()


def test_samples_hold_them():
    held = play("adaptive").quantity("held_count")
    assert held[0] == 0
    assert held.max() > 0.3 * 200


def test_the_clip_ends_while_every_corner_is_held():
    run = play("adaptive")
    turns = np.diff(np.diff(run.data.y) / np.diff(run.data.x))
    corners = 1 + np.flatnonzero(np.abs(turns) > 0.1)
    held = run.trajectory.held[-1]
    np.testing.assert_array_equal(np.unique(held[held >= 0]), corners)
    size = np.abs(run.spline.delta_slope[-1])
    assert size[held >= 0].sum() > 0.9 * size.sum()


def test_it_keeps_what_its_ending_rests_on():
    card, broken = ending_of("adaptive")
    assert broken == []
    assert card.say


def test_a_run_that_does_not_keep_it_is_not_said_to():
    take = taken("adaptive")
    board, numbers = storyboard_of(take.config.scene), take.quantities
    none_held = replace(take, quantities=numbers | {"held_count": 0 * numbers["held_count"]})
    film = film_of(none_held, TimeAxis("linear", 1.0, 0.1, None))
    assert broken_claims(board, [film]) == ["held_count > 110: it is 0"]
    assert card_of(board, [film]).say == ""


def test_held_breakpoints_are_at_their_sample():
    run = play("adaptive")
    held = run.trajectory.held >= 0
    sample = run.data.x[run.trajectory.held]
    assert held.any()
    np.testing.assert_allclose(run.spline.breakpoint[held], sample[held], atol=1e-9)
