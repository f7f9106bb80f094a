"""Themes: the user's Matplotlib settings stay out, and mosaics that are none are refused."""

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.errors import InputError
from pipeline.render.check import check_scene
from pipeline.render.drawing.theme import contrast, style_for
from tests.conftest import composed
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
        (LayoutConfig([["functoin"]]), "functoin: is no panel; choose of function"),
        (LayoutConfig([["loss", "plane"], ["paths"]]), r"rows of \[2, 1\] cells"),
        (LayoutConfig([["loss", "plane"], ["plane", "paths"]]), "'plane' make no rectangle"),
        (LayoutConfig([["loss", "plane"]], width_ratios=[1.0]), "one positive number a column, 2 in all"),
        (LayoutConfig([["loss", "plane"]], height_ratios=[0.0]), "one positive number a row, 1 in all"),
    ],
)
def test_bad_layouts_are_refused(layout, complaint):
    with pytest.raises(InputError, match=complaint):
        check_scene(SceneConfig(wide=layout))


# Machado, Oliveira & Fernandes 2009, table of severity 1.0, on linear RGB.
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
SRGB_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    """(3,) linear RGB of an sRGB colour."""
    values = np.array(to_rgb(colour))
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """(3,) CIE L*a*b* (D65) of linear RGB."""
    xyz = SRGB_TO_XYZ @ np.clip(rgb, 0, 1) / SRGB_TO_XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_the_two_hues_stay_apart_without_green_cones(name):
    """A distance of 2.3 in L*a*b* is just noticed; side by side in a hall it takes many times that."""
    theme = composed(f"theme={name}").theme
    rising, falling = (lab(DEUTERANOPIA @ linear(colour)) for colour in (theme.rising, theme.falling))
    assert np.linalg.norm(rising - falling) > 50


def test_the_two_hues_stay_apart_in_grey_print():
    theme = composed("theme=print").theme
    assert abs(lab(linear(theme.rising))[0] - lab(linear(theme.falling))[0]) > 15
