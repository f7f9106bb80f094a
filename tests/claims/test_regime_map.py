"""experiment=regime_map: scale and ratio of the layers both choose the regime (Williams et al., Sahs et al.)."""

from dataclasses import replace
from functools import cache

import pytest

from pipeline.config.schema.scene import SceneConfig
from pipeline.render.film.storyboard import storyboard_of
from pipeline.render.film.telling import broken_claims
from pipeline.render.film.time_axis import TimeAxis
from pipeline.run.computing import compute_quantities
from pipeline.run.timeline import film_of
from pipeline.run.track import silent
from pipeline.sweep.compared.montage_story import with_story
from tests.claims.played import taken
from tests.conftest import composed

CORNERS = [(3, 3), (3, 0.3), (0.1, 3), (0.1, 0.3)]


@cache
def corners():
    """Films of the corners of the map by (scale, ratio), with what its montage asks of them; and its storyboard."""
    board = storyboard_of(with_story(SceneConfig(), composed("experiment=regime_map").sweep))
    films, axis = {}, TimeAxis("linear", 1.0, 0.1, None)
    for scale, ratio in CORNERS:
        take = taken("regime_map", f"init.scale={scale}", f"init.layer_ratio={ratio}")
        numbers = compute_quantities(board.quantities(), take.config, take.trajectory, take.spline, silent)
        label = f"initial scale {scale} · layer ratio {ratio}"
        films[scale, ratio] = film_of(replace(take, quantities=numbers, label=label), axis)
    return films, board


def moved(scale: float, ratio: float) -> float:
    return float(corners()[0][scale, ratio].quantity("breakpoint_shift")[-1])


@pytest.mark.parametrize("value", [3, 0.1])
def test_knots_move_the_more_the_smaller_the_ratio(value):
    assert moved(value, 0.3) > 3 * moved(value, 3)


@pytest.mark.parametrize("value", [3, 0.3])
def test_knots_move_the_more_the_smaller_the_scale(value):
    assert moved(0.1, value) > 100 * moved(3, value)


def test_it_keeps_what_its_ending_rests_on():
    films, board = corners()
    assert board.claims()
    assert broken_claims(board, list(films.values())) == []
