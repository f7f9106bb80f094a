"""Limits of a clip: the data fill what they should, and what is shown is inside as far as that allows."""

import numpy as np
import pytest

from pipeline.render.film.clip_limits import FILL, limits_of
from pipeline.render.film.limits import extent, hull, log_window, middle, stretched
from tests.render.runs import awkward_run, film_of


@pytest.mark.parametrize(("span", "expected"), [
    ((0.2, 0.9), (0.0, 1.0)),
    ((-0.2, 1.1), (-0.2, 1.1)),
    ((-2.0, 1.0), (-0.5, 1.0)),
    ((-3.0, 2.0), (-0.375, 1.125)),
])  # fmt: skip
def test_stretching_keeps_to_a_width_and_shares_it(span, expected):
    assert stretched((0.0, 1.0), span, 1.5) == pytest.approx(expected)


def test_what_is_wider_than_allowed_stays_as_it_is():
    assert stretched((0.0, 1.0), (-3.0, 2.0), 0.5) == (0.0, 1.0)


def test_spans_are_joined_by_their_hull_or_their_middle():
    spans = [(0.0, 1.0), (-1.0, 5.0), (0.5, 1000.0)]
    assert hull(spans) == (-1.0, 1000.0)
    assert middle(spans) == (0.0, 5.0)
    assert extent([np.nan, 2.0, np.inf, -1.0]) == [(-1.0, 2.0)]
    assert extent([np.nan]) == []
    assert log_window((1e-3, 10.0)) == log_window([10.0, 1.0, 1e-3])


@pytest.mark.parametrize("size", [1e-3, 0.03, 0.3, 1, 30])
@pytest.mark.parametrize("seed", range(3))
def test_the_data_fill_their_share_and_the_last_frame_is_whole_where_it_can_be(size, seed):
    data, trajectory = awkward_run(30, frames=20, seed=seed)
    trajectory.v[:] *= size
    film = film_of(data, trajectory)
    low, high = limits_of([film]).y
    span = np.ptp(film.y)
    assert FILL * (high - low) <= span * (1 + 1e-9)
    lows, highs = film.ranges((film.x[0], film.x[-1]))
    if max(highs[-1], film.y.max()) - min(lows[-1], film.y.min()) <= 1.2 * span:
        assert low <= lows[-1]
        assert highs[-1] <= high


def test_runs_beside_each_other_share_one_stretch():
    films = [film_of(*awkward_run(30, frames=20, seed=seed)) for seed in range(3)]
    low, high = limits_of(films).y
    assert FILL * (high - low) <= np.ptp(films[0].y) * (1 + 1e-9)


def test_the_range_of_f_is_that_of_all_its_points():
    film = film_of(*awkward_run(30, frames=20))
    x = np.linspace(film.x[0], film.x[-1], 2001)
    lows, highs = film.ranges((film.x[0], film.x[-1]))
    for k in range(len(film.t)):
        values = film.evaluate(k, x)
        slope = np.abs(np.diff(values)).max()
        assert values.min() - slope <= lows[k] <= values.min() + 1e-9
        assert values.max() - 1e-9 <= highs[k] <= values.max() + slope
