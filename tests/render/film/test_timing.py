"""Frames over training time: whole, in order, at rest at both ends, evenly paced by their own measure."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from pipeline import InputError, Network, Trajectory, project
from pipeline.config.schema.timing import TimingConfig
from pipeline.projection.arclength import cumulative_arclength
from pipeline.render.film.time_axis import TimeAxis
from pipeline.render.film.timeline import Timeline
from pipeline.render.film.timing import FLOOR, PACES, frame_count, log_progress, log_time, paced

CHANGE = np.linspace(0, 50, 400), np.sqrt(np.linspace(0, 50, 400))


def axis_of(kind: str, change=CHANGE) -> TimeAxis:
    """From 0 to 50, logarithmic from 1e-3 on."""
    return TimeAxis(kind, 50.0, 1e-3, change)


def frame_times(kind: str, seconds: float = 4.0, change=CHANGE) -> np.ndarray:
    """Of a clip at 25 frames/s, with holds of 0.4 s and 0.8 s."""
    timing = TimingConfig(kind, seconds, hold_start=0.4, hold_end=0.8)
    return Timeline.of(timing, 25, axis_of(kind, change)).times


def moving(times: np.ndarray) -> np.ndarray:
    """The frames between the holds."""
    return times[10:-20]


@pytest.mark.parametrize("kind", PACES)
def test_a_clip_has_all_frames_and_rests_at_both_ends(kind):
    times = frame_times(kind)
    assert len(times) == frame_count(4.0, 25) == 100
    assert (times[0], times[-1]) == (0, 50)
    assert (np.diff(times) >= 0).all()
    assert (times[:11] == 0).all()
    assert (times[-21:] == 50).all()
    assert (np.diff(moving(times)) > 0).all()


def test_each_pace_is_even_by_its_own_measure():
    steps = {kind: moving(frame_times(kind)) for kind in PACES}
    measures = {
        "linear": steps["linear"],
        "log": log_progress(steps["log"], 50, 1e-3),
        "arclength": np.interp(steps["arclength"], *CHANGE),
        "even": FLOOR * log_progress(steps["even"], 50, 1e-3)
        + (1 - FLOOR) * np.interp(steps["even"], *CHANGE) / np.sqrt(50),
    }
    for kind, measure in measures.items():
        np.testing.assert_allclose(np.diff(measure), measure[-1] / (len(measure) - 1), rtol=1e-3, err_msg=kind)


def test_holds_take_half_of_a_short_clip_at_most():
    times = frame_times("linear", 1.2)
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
    resting = CHANGE[0], np.zeros(400)
    np.testing.assert_array_equal(frame_times("arclength", change=resting), frame_times("linear"))
    np.testing.assert_allclose(frame_times("even", change=resting), frame_times("log"), rtol=0.02, atol=1e-6)


def test_a_clip_without_motion_is_refused():
    with pytest.raises(InputError, match="1 frames at 25 a second leave"):
        frame_times("log", 0.04)
    with pytest.raises(InputError, match=r"timing\.kind"):
        frame_times("cubic")
    with pytest.raises(InputError, match="what has changed"):
        paced("even", [0.5], 50.0, 1e-3)


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


@pytest.mark.parametrize("kind", PACES)
def test_times_stand_on_the_axis_where_the_clip_shows_them(kind):
    axis, shares = axis_of(kind), np.linspace(0, 1, 301)
    np.testing.assert_allclose(axis.position(axis.time(shares)), shares, atol=1e-3)
    assert axis.position([0.0, 50.0]).tolist() == pytest.approx([0, 1])


@pytest.mark.parametrize("kind", PACES)
@pytest.mark.parametrize("most", [2, 4, 8])
def test_ticks_are_round_in_order_and_apart(kind, most):
    places, names = axis_of(kind).ticks(most)
    assert (places[0], names[0]) == (0, "0")
    assert 2 <= len(names) == len(set(names)) == len(places) <= most + 2
    assert np.diff(places).min() > 0.5 / most
    assert places[-1] <= 1 + 1e-9
