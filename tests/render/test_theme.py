"""Themes: the user's Matplotlib settings stay out, and mosaics that are none are refused."""

import matplotlib
import numpy as np
import pytest

from pipeline.config import LayoutConfig, SceneConfig, ThemeConfig
from pipeline.errors import InputError
from pipeline.render.check import check_scene
from pipeline.render.theme import contrast, style_for
from tests.render.runs import awkward_run, scene_of


def test_the_users_settings_neither_show_nor_change():
    run = awkward_run()
    expected = scene_of(*run).still(4)
    with matplotlib.rc_context({"lines.linewidth": 9, "font.size": 30, "text.hinting": "none", "axes.grid": True}):
        before = dict(matplotlib.rcParams)
        scene = scene_of(*run)
        np.testing.assert_array_equal(scene.still(4), expected)
        np.testing.assert_array_equal(scene.frame(4), expected)
        assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(("height", "least"), [(1080, 27), (2160, 54), (360, 11)])
def test_text_grows_with_the_frame(height, least):
    assert style_for(ThemeConfig(), height * 16 // 9, height).text >= least


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.01)


def test_shipped_defaults_pass():
    check_scene(SceneConfig())


@pytest.mark.parametrize(
    ("layout", "complaint"),
    [
        (LayoutConfig(), "there is no panel"),
        (LayoutConfig([["."]]), "there is no panel"),
        (LayoutConfig([["functoin"]]), "'functoin' is no panel"),
        (LayoutConfig([["loss", "plane"], ["paths"]]), r"rows of \[2, 1\] cells"),
        (LayoutConfig([["loss", "plane"], ["plane", "paths"]]), "'plane' make no rectangle"),
        (LayoutConfig([["loss", "plane"]], width_ratios=[1.0]), "one positive number a column, 2 in all"),
        (LayoutConfig([["loss", "plane"]], height_ratios=[0.0]), "one positive number a row, 1 in all"),
    ],
)
def test_bad_layouts_are_refused(layout, complaint):
    with pytest.raises(InputError, match=complaint):
        check_scene(SceneConfig(wide=layout))
