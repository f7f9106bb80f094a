"""Names at the ends of curves: apart, in the margin, steady; references that coincide are one, and say so."""

import itertools

import numpy as np
import pytest
from hypothesis import given, strategies as st

from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.render.panels.parts.end_labels import apart, steady_orders, two_lines
from pipeline.render.panels.parts.predictions import alike
from tests.conftest import composed
from tests.render.test_panels import staged

heights = st.lists(st.floats(0, 100), min_size=1, max_size=5).map(sorted)


@given(heights)
def test_boxes_stay_inside_and_touch_at_most(wanted):
    sizes = np.resize([12.0, 24.0], len(wanted))
    middles = apart(np.array(wanted), sizes, 0.0, 100.0)
    lows, highs = middles - sizes / 2, middles + sizes / 2
    assert (lows[1:] >= highs[:-1] - 1e-9).all()
    assert lows[0] >= -1e-9
    assert highs[-1] <= 100 + 1e-9


@given(heights)
def test_names_that_have_room_stand_at_their_curves(wanted):
    sizes = np.full(len(wanted), 1e-3)
    spread = np.array(wanted) + np.arange(len(wanted)) * 2e-3 + 1
    np.testing.assert_allclose(apart(spread, sizes, -1e3, 1e3), spread)


def test_names_change_places_once_where_curves_cross():
    across = np.linspace(-1, 1, 200) + 0.05 * np.sin(np.arange(200))
    orders = steady_orders(np.column_stack([across, -across]), 0.3)
    changes = sum((one != other).any() for one, other in itertools.pairwise(orders))
    assert changes == 1
    assert orders[0].tolist() == [0, 1]
    assert orders[-1].tolist() == [1, 0]


def test_long_names_take_two_even_lines():
    assert two_lines("smoothing spline") == ["smoothing", "spline"]
    assert two_lines("a = b") == ["a = b"]


def test_curves_that_stay_near_are_one():
    x = np.linspace(0, 1, 9)
    assert alike([x, x + 0.5, x + 0.009, x + 0.505], 0.01) == [[0, 2], [1, 3]]


def reference_names(scene: SceneConfig) -> list[list[str]]:
    """The lines of every name that the function's panel shows."""
    return staged(scene, 640, 360).panels[0].predictions.names.lines


def test_references_that_coincide_are_drawn_once_and_say_so():
    names = ["linear_spline", "linear_spline", "natural_cubic_spline"]
    layout = LayoutConfig([["function"]])
    scene = SceneConfig(wide=layout, narrow=layout, panels={"function": {"predictions": names}})
    assert reference_names(scene) == [["linear spline", "= linear spline"], ["cubic", "spline"]]
    assert len(staged(scene, 640, 360).panels[0].predictions.lines) == 2


@pytest.mark.parametrize("frame", [0, 4, 8])
def test_names_stand_apart_and_inside_the_frame(frame):
    scene = staged(composed("scene=regimes").scene, 960, 540)
    scene.still(frame)
    for labels in (scene.panels[0].predictions.names, scene.panels[1].labels):
        boxes = [box for figures in labels.figures for box in figures.boxes()]
        assert len(boxes) == 4
        assert all(box.x0 >= 0 and box.x1 <= 960 and box.y0 >= 0 and box.y1 <= 540 for box in boxes)
        for one, other in itertools.combinations(boxes, 2):
            assert min(one.y1, other.y1) - max(one.y0, other.y0) <= 1 or min(one.x1, other.x1) <= max(one.x0, other.x0)
