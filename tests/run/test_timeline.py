"""A run is simulated once and told in many ways: pace, length, frame rate and scene only draw again."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.make import make
from pipeline.projection.resample import values_between
from pipeline.render.film.story import Story
from pipeline.run import simulating
from pipeline.run.drawing import make_film
from pipeline.run.finished import read_take
from pipeline.run.timeline import timeline_of
from pipeline.simulate.resample import Between
from tests.conftest import DRAFT, composed

TELLINGS = "timing=log", "timing=arclength", "timing.seconds=3", "timing.hold_end=0.1", "video.fps=8", "scene=minimal"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("told")
    make(composed(*DRAFT), folder)
    return folder


def test_another_telling_never_simulates_nor_projects_again(made, monkeypatch):
    count = []
    simulate = simulating.simulate
    monkeypatch.setattr(simulating, "simulate", lambda *given: count.append(given) or simulate(*given))
    for telling in TELLINGS:
        result = make(composed(*DRAFT, telling), made)
        assert result.done == ("render",)
        assert result.manifest["moments"] == len(read_take(made).trajectory.t)
    assert count == []
    assert make(composed(*DRAFT, "init.seed=9"), made).done == ("simulate", "project", "render")
    assert len(count) == 1


def test_what_a_video_shows_at_moments_is_what_the_solver_gave(made):
    take = read_take(made)
    run, spline = take.trajectory, take.spline
    axis = timeline_of(take.config, [take]).axis
    film = make_film(take.config, take, SimpleNamespace(times=run.t, axis=axis, story=Story()))
    for name in ("breakpoint", "delta_slope", "orientation", "left_slope", "left_intercept"):
        np.testing.assert_array_equal(getattr(film.spline, name), getattr(spline, name))
    np.testing.assert_array_equal(film.loss, run.loss)
    np.testing.assert_array_equal(film.caught, run.held)


def test_runs_side_by_side_begin_logarithmic_time_with_the_fastest(made):
    config = composed(*DRAFT, "timing=log")
    take = read_take(made)
    turned = {name: getattr(take.trajectory, name)[::-1] for name in ("w", "b", "v", "c")}
    slow = replace(take, trajectory=replace(take.trajectory, t=2 * take.trajectory.t, **turned))
    own, other = (timeline_of(config, [one]).axis for one in (take, slow))
    both = timeline_of(config, [take, slow]).axis
    assert both.first_time == min(own.first_time, other.first_time)
    assert both.end_time == 2 * own.end_time


def test_quantities_change_evenly_counts_at_once_and_what_rests_stays_a_view():
    between = Between(np.array([0.0, 1.0, 3.0]), np.array([0.0, 0.5, 1.0, 2.0, 3.0, 4.0]))
    np.testing.assert_allclose(values_between(np.array([0.0, 2.0, 6.0]), between), [0, 1, 2, 4, 6, 6])
    np.testing.assert_array_equal(values_between(np.array([3, 5, 4]), between), [3, 3, 5, 5, 4, 4])
    np.testing.assert_allclose(values_between(np.array([np.inf, 1.0, 3.0]), between), [np.inf, np.inf, 1, 2, 3, 3])
    knots = np.array([[0.0, np.inf], [1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_allclose(values_between(knots, between)[[1, 3]], [[0.0, np.inf], [2.0, 3.0]])
    still = values_between(np.broadcast_to(np.arange(4.0), (3, 4)), between)
    assert still.shape == (6, 4)
    assert still.strides[0] == 0
