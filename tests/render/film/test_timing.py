"""Frames over training time: whole, in order, at rest at both ends, evenly paced by their own measure."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from pipeline import InputError, Network, Trajectory, project
from pipeline.projection.arclength import cumulative_arclength
from pipeline.render.film.timing import PACES, frame_count, frame_times, log_progress, log_time

CLIP = {"end_time": 50.0, "seconds": 4.0, "fps": 25, "hold_start": 0.4, "hold_end": 0.8, "first_time": 1e-3}
PILOT = np.linspace(0, 50, 400), np.sqrt(np.linspace(0, 50, 400))


def moving(times: np.ndarray) -> np.ndarray:
    """The frames between the holds."""
    return times[10:-20]


@pytest.mark.parametrize("kind", PACES)
def test_a_clip_has_all_frames_and_rests_at_both_ends(kind):
    times = frame_times(kind, **CLIP, arclength=PILOT)
    assert len(times) == frame_count(4.0, 25) == 100
    assert (times[0], times[-1]) == (0, 50)
    assert (np.diff(times) >= 0).all()
    assert (times[:11] == 0).all()
    assert (times[-21:] == 50).all()
    assert (np.diff(moving(times)) > 0).all()


def test_each_pace_is_even_by_its_own_measure():
    steps = {kind: moving(frame_times(kind, **CLIP, arclength=PILOT)) for kind in PACES}
    measures = {
        "linear": steps["linear"],
        "log": log_progress(steps["log"], 50, 1e-3),
        "arclength": np.interp(steps["arclength"], *PILOT),
    }
    for kind, measure in measures.items():
        np.testing.assert_allclose(np.diff(measure), measure[-1] / (len(measure) - 1), rtol=1e-6, err_msg=kind)


def test_holds_take_half_of_a_short_clip_at_most():
    times = frame_times("linear", **CLIP | {"seconds": 1.2})
    assert len(times) == 30
    assert np.sum(times == 0) - 1 == 5  # a third of the holds, as 0.4 s is of 1.2 s
    assert np.sum(times == 50) - 1 == 10


@given(st.floats(0, 1), st.floats(1e-2, 1e6), st.floats(1e-6, 1.0))
def test_log_progress_inverts_log_time(progress, end, first):
    assert log_progress(log_time(progress, end, first), end, first) == pytest.approx(progress, abs=1e-9)


@given(st.floats(0.1, 20), st.integers(1, 60))
def test_frames_are_seconds_times_rate(seconds, fps):
    assert frame_count(seconds, fps) == round(seconds * fps)


def test_a_function_that_rests_is_paced_linearly():
    times = frame_times("arclength", **CLIP, arclength=(PILOT[0], np.zeros(400)))
    np.testing.assert_array_equal(times, frame_times("linear", **CLIP))


def test_a_clip_without_motion_is_refused():
    with pytest.raises(InputError, match="1 frames at 25 a second leave"):
        frame_times("log", **CLIP | {"seconds": 0.04})
    with pytest.raises(InputError, match=r"timing\.kind"):
        frame_times("cubic", **CLIP)


def growing(factors: np.ndarray) -> Trajectory:
    """f = factor · max(x + 1, 0) in every frame."""
    one = np.ones((len(factors), 1))
    return Trajectory(
        np.arange(len(factors)), one, one, factors[:, None], 0 * factors, 0 * factors, -one.astype(int), *np.eye(2)
    )


def test_arc_length_of_a_growing_ramp():
    """‖max(x + 1, 0)‖ on (−1, 1) is √(8/3); going back counts as way too."""
    lengths = cumulative_arclength(project(growing(np.array([0.0, 1.0, 3.0, 2.0]))), -1, 1)
    np.testing.assert_allclose(lengths, np.sqrt(8 / 3) * np.array([0, 1, 3, 4]), rtol=1e-12)


def test_arc_length_does_not_depend_on_how_the_network_is_written():
    trajectory = growing(np.array([0.0, 1.0, 5.0]))
    other = Network([2.0], [2.0], [0.5])
    weights = 2 * trajectory.w, 2 * trajectory.b, trajectory.v / 2
    rewritten = Trajectory(trajectory.t, *weights, *[trajectory.c] * 2, trajectory.held, *np.eye(2))
    assert other.evaluate([1.0]) == trajectory.network(1).evaluate([1.0])
    a, b = (cumulative_arclength(project(run), -1, 1) for run in (trajectory, rewritten))
    np.testing.assert_allclose(a, b, rtol=1e-14)
