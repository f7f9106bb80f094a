"""Several runs side by side: where each stands, and that they stand on the same axes."""

import itertools
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.model.data import Axis
from pipeline.render.film.clip_limits import limits_of, shared_limits
from pipeline.render.scene.mosaic import Cell, RunTable, columns_for, grid
from pipeline.render.scene.panel_spec import EMPTY
from pipeline.render.scene.scene import Scene
from tests.render.legible import check_words, shown_texts
from tests.render.runs import awkward_run, film_of


@pytest.mark.parametrize("runs", range(1, 10))
@pytest.mark.parametrize("aspect", [16 / 9, 1.0, 9 / 16])
def test_every_run_has_its_place_once(runs, aspect):
    placed = grid(LayoutConfig([["function", "plane"], ["function", EMPTY]]), runs, aspect)
    assert placed.cells() == [Cell(name, run) for run in range(runs) for name in ("function", "plane")] or runs > 1
    assert set(placed.cells()) == {Cell(name, run) for run in range(runs) for name in ("function", "plane")}
    assert len({len(row) for row in placed.rows}) == 1
    assert len(placed.widths) == len(placed.rows[0])
    assert len(placed.heights) == len(placed.rows)
    columns = columns_for(runs, aspect)
    assert columns * -(-runs // columns) - runs < columns  # no row is empty


def test_neighbours():
    placed = grid(LayoutConfig([["function"], ["plane"]]), 4, 16 / 9)
    assert placed.below(Cell("function", 0)) == Cell("plane", 0)
    assert placed.below(Cell("plane", 0)) == Cell("function", 2)
    assert placed.left_of(Cell("plane", 3)) == Cell("plane", 2)
    assert placed.left_of(Cell("plane", 2)) is None
    assert placed.below(Cell("plane", 3)) is None


def test_runs_are_drawn_fast_as_plainly_on_the_same_axes():
    films = [film_of(*awkward_run(8, seed=seed), label=f"$\\alpha = {seed}$") for seed in range(3)]
    scene = Scene(films, SceneConfig(wide=LayoutConfig([["function"], ["loss"]])), ThemeConfig(), 960, 540)
    for k in (0, 4, 8, 3):
        np.testing.assert_array_equal(scene.frame(k), scene.still(k))
    for one, other in itertools.combinations(scene.panels, 2):
        if type(one) is type(other):
            assert one.axes.get_ylim() == other.axes.get_ylim()
            assert one.axes.get_xlim() == other.axes.get_xlim()
    words = [text.get_text() for text in shown_texts(scene)]
    assert [words.count(film.label) for film in films] == [1, 1, 1]  # over the first panel of each
    assert words.count("pull (g)") == words.count("loss") == 1  # over the first run's only: the others share its axes
    check_words(scene)


def test_runs_whose_axes_mean_other_things_share_no_limits():
    data, trajectory = awkward_run(8)
    years = replace(data, x_axis=Axis("year", "", 1900, 50))
    films = [film_of(one, trajectory, label=label) for label, one in (("a", data), ("b", years), ("c", data))]
    table = RunTable([("", "")], [("a",), ("b",), ("c",)], [(0, 0), (0, 1), (0, 2)])
    scene = Scene(films, SceneConfig(wide=LayoutConfig([["function"]])), ThemeConfig(), 960, 540, table=table)
    first, other, third = (panel.axes for panel in scene.panels)
    assert first.get_xlim() == third.get_xlim() != other.get_xlim()
    assert 1800 < other.get_xlim()[0] < other.get_xlim()[1] < 2000
    assert "year" in other.get_xlabel()
    np.testing.assert_array_equal(scene.frame(4), scene.still(4))


def test_limits_are_of_the_runs_that_are_shown_and_of_no_others():
    """Whatever scene a run was in before, and in whatever order runs are given."""
    films = [film_of(*awkward_run(8, seed=seed)) for seed in range(3)]
    limits = shared_limits(films)
    assert limits[0] is limits[1] is limits[2]
    assert shared_limits(films[::-1])[0] == limits[0]
    small = SceneConfig(wide=LayoutConfig([["function"], ["plane"]]))
    before = Scene(films, small, ThemeConfig(), 960, 540).still(4)
    again = film_of(*awkward_run(8, seed=1))
    alone, fresh = (Scene([film], small, ThemeConfig(), 480, 270) for film in (films[1], again))
    np.testing.assert_array_equal(alone.still(4), fresh.still(4))
    np.testing.assert_array_equal(Scene(films, small, ThemeConfig(), 960, 540).still(4), before)
    assert alone.limits[0] == limits_of(films[1:2]) != limits[0]
    with pytest.raises(FrozenInstanceError):
        limits[0].mu_reach = 1.0
