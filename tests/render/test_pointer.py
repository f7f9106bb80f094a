"""f is in sight at every frame: it passes through its panel, or an arrow at the edge says where it is."""

from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.figure import Figure

from pipeline import Data, Trajectory
from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.render.panels.parts.target import PointTarget
from tests.render.legible import check_paper_behind_words, check_words
from tests.render.runs import scene_of

FRAMES = 60


def lifted(heights, edge="top"):
    """A scene of f that is a tent over three samples, lifted beyond them by some heights (F,)."""
    sign = 1 if edge == "top" else -1
    data = Data([-1.0, 0.0, 1.0], [0.0, 1.0, 0.0])
    w, b, v = (np.tile(part, (len(heights), 1)) for part in ([1.0, 1.0, 1.0], [1.0, 0.0, -1.0], [1.0, -2.0, 1.0]))
    t = np.arange(float(len(heights)))
    held = np.full(w.shape, -1)
    run = Trajectory(t, w, b, v, sign * np.asarray(heights, dtype=float), np.ones(len(t)), held, data.x, data.y)
    return scene_of(data, run, scene=SceneConfig(wide=LayoutConfig([["function"]])))


@pytest.mark.parametrize(("edge", "words"), [("top", "f up to 1"), ("bottom", "f down to \N{MINUS SIGN}1")])
def test_an_arrow_stands_while_f_is_out_of_sight(edge, words):
    heights = np.where(np.arange(FRAMES) < 30, 1000.0, 0.0)
    scene = lifted(heights, edge)
    pointer = scene.panels[0].pointer
    shown = []
    for k in range(FRAMES):
        scene.frame(k)
        shown.append([said for text in pointer.texts.values() for said in text.words])
    assert all(len(said) == 1 and words in said[0] for said in shown[:30])
    assert not any(shown[30:])
    np.testing.assert_array_equal(scene.frame(3), scene.still(3))
    check_words(scene)
    check_paper_behind_words(scene, 3)


def test_no_arrow_where_f_is_in_sight():
    assert not any(on.any() for on in lifted(np.zeros(FRAMES)).panels[0].pointer.on.values())


def test_an_arrow_does_not_blink_with_f():
    heights = np.where(np.arange(FRAMES) % 4 == 0, 1000.0, 0.0)
    on = lifted(heights).panels[0].pointer.on["top"]
    assert on[heights > 0].all()
    assert np.abs(np.diff(on.astype(int))).sum() <= 1


def test_an_arrow_tells_no_number_that_is_in_sight():
    heights = np.where(np.arange(FRAMES) % 17 < 2, 1000.0, 0.0)  # leaps too fast for an arrow that comes and goes
    pointer = lifted(heights).panels[0].pointer
    top = pointer.window.y[1]
    assert (pointer.values["top"][pointer.on["top"]] > top).all()


@pytest.mark.parametrize("place", [(1e9, 0.5), (0.5, -1e9), (-1e300, 1e300)])
def test_what_is_pointed_at_beyond_the_panel_is_pointed_at_at_its_edge(place):
    axes = Figure().add_subplot()  # from 0 to 1 both ways
    panel = SimpleNamespace(axes=axes, film=None, style=None)
    x, y = PointTarget(panel, *place, frame=0).tip(0)
    box, within = axes.bbox, np.clip(place, 0, 1)
    np.testing.assert_allclose((x, y), box.min + within * box.size)
