"""A live number and words over all panels where panels are small, and close-ups of one panel beside the whole."""

import numpy as np
import pytest

from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.config.schema.timing import TimingConfig
from pipeline.errors import InputError
from pipeline.render.check import check_scene
from pipeline.render.film.clip_limits import close_up, limits_of
from pipeline.render.film.telling import told
from pipeline.render.scene.scene import Scene
from tests.render.runs import awkward_run, film_of

FPS = 10
EVIDENCE = {"quantity": "loss", "format": ".2f", "target": 0.1, "say": "the loss"}


@pytest.fixture(scope="module")
def four() -> Scene:
    """Four runs in two rows, of which the last is spoken of."""
    beat = {"at": 1, "say": "these words are about the last run", "point_at": {"x": 5.5}, "run": "run 3"}
    scene = SceneConfig(beats=[beat], evidence=EVIDENCE)
    runs = [awkward_run(frames=40, seed=k) for k in range(4)]
    films = [film_of(*run, label=f"run {k}") for k, run in enumerate(runs)]
    timeline = told(scene, films, TimingConfig("log", 2.0, 0.2, 0.4), FPS, films[0].time)
    return Scene([film_of(*run, label=film.label, story=timeline.story) for run, film in zip(runs, films, strict=True)],
                 scene, ThemeConfig(), 640, 360)  # fmt: skip


def test_a_number_that_would_cover_a_curve_stands_over_it_beside_the_runs_name(four):
    four.frame(3)
    assert len(four.telling.insets) == 4
    for inset in four.telling.insets:
        panel, (name,), (number,) = inset.panel, inset.flat.name.boxes(), inset.flat.number.boxes()
        assert inset.figures is inset.flat
        assert min(name.y0, number.y0) > panel.axes.bbox.y1
        assert panel.axes.bbox.x0 + panel.run_name_width < name.x0 < name.x1 < number.x0
        assert inset.flat.target.boxes()[0].x1 <= panel.axes.bbox.x1 + 1


def test_words_over_all_panels_frame_theirs_and_point_from_above_it(four):
    (beat,) = four.story.beats
    four.frame(beat.start)
    words = four.telling.words
    boxes = {
        cell.run: panel.axes.bbox
        for cell, panel in zip(four.grid.cells, four.panels, strict=True)
        if cell.name == "function"
    }
    box = boxes[3]
    (border,) = words.border.get_paths()
    np.testing.assert_allclose(border.get_extents().bounds, box.bounds)
    shaft = words.arrow.shapes[0].get_extents()
    assert box.x0 < shaft.x0 < shaft.x1 < box.x1
    assert box.y1 < boxes[1].y0
    assert shaft.y1 < boxes[1].y0


def test_a_close_up_is_as_high_as_what_f_becomes_in_it():
    film = film_of(*awkward_run())
    near = close_up(limits_of([film]), [film], (5.0, 5.4))
    lows, highs = film.ranges((5.0, 5.4))
    low, high = near.y
    assert near.x == (5.0, 5.4)
    assert low < lows[-1] <= highs[-1] < high
    assert high - low < 2.5 * (highs[-1] - lows[-1])


def test_a_close_up_has_an_axis_of_its_own_beside_the_whole():
    scene = SceneConfig(
        wide=LayoutConfig([["function", "near"], ["threads", "near_threads"]]),
        panels={
            "near": {"kind": "function", "window": [5, 5.4]},
            "near_threads": {"kind": "threads", "window": [5, 5.4]},
        },
    )
    made = Scene([film_of(*awkward_run())], scene, ThemeConfig(), 640, 360)
    limits = [panel.axes.get_xlim() for panel in made.panels]
    assert limits[1] == limits[3] == (5, 5.4)
    assert limits[0] == limits[2]
    assert limits[0][0] < 5 < 5.4 < limits[0][1]
    np.testing.assert_array_equal(made.frame(5), made.still(5))


@pytest.mark.parametrize("window", [[1, 0], [0], "wide", [True, 2], [0, "b"], 3])
def test_a_close_up_of_nothing_is_refused(window):
    with pytest.raises(InputError, match=r"scene\.panels\.function\.window = .*: give two inputs, the lower one first"):
        check_scene(SceneConfig(panels={"function": {"window": window}}))
