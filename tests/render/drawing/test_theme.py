"""Themes: colours all eyes tell apart, the user's Matplotlib settings stay out, odd mosaics are refused."""

import itertools

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


@pytest.fixture(params=["light", "dark", "print"])
def theme(request):
    return composed(f"theme={request.param}").theme


HUES, REFERENCES = ("rising", "falling"), ("reference", "reference_2")


def test_inks_can_be_read(theme):
    """WCAG 2: 4.5 to 1 for words."""
    for ink in ("foreground", "muted", "data", *REFERENCES):
        assert contrast(getattr(theme, ink), theme.background) >= 4.5


def test_words_in_a_hue_can_be_read_and_keep_it(theme):
    style = style_for(theme, 1920, 1080)
    for name in HUES:
        words, hue, ink = (
            np.array(colour[:3]) for colour in (style.words(name), *map(style.rgba, (name, "foreground")))
        )
        assert 4.5 <= contrast(tuple(words), theme.background) < max(4.7, contrast(tuple(hue), theme.background) + 0.01)
        assert np.linalg.norm(words - hue) < 0.35 * np.linalg.norm(ink - hue)
    for name in ("muted", *REFERENCES):
        assert style.words(name) == style.rgba(name)


def test_marks_stand_out_from_the_ground_and_from_a_halo_of_ink(theme):
    """WCAG 2 asks 3 : 1 of what is no text. With 1.8 : 1 between the hues, 4.5 : 1 for both would take more than 21."""
    for hue in HUES:
        assert contrast(getattr(theme, hue), theme.background) >= 3
        assert contrast(getattr(theme, hue), theme.foreground) >= 3


def test_what_rises_is_darker_than_what_falls_in_grey(theme):
    assert contrast(theme.rising, theme.falling) >= 1.8
    assert contrast(theme.rising, "#ffffff") > contrast(theme.falling, "#ffffff")


# Machado, Oliveira & Fernandes 2009, tables of severity 1.0, on linear RGB.
EYES = {
    "usual": np.eye(3),
    "no green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}
SRGB_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour: str, eyes: np.ndarray) -> np.ndarray:
    """(3,) CIE L*a*b* (D65) of an sRGB colour, as those eyes see it."""
    values = np.array(to_rgb(colour))
    rgb = eyes @ np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    xyz = SRGB_TO_XYZ @ np.clip(rgb, 0, 1) / SRGB_TO_XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """CIEDE2000 of two colours in L*a*b* (Sharma, Wu & Dalal 2005), lightness, chroma and hue of weight 1."""
    grey = np.hypot(*one[1:]), np.hypot(*other[1:])
    stretch = np.array([1, 1.5 - 0.5 * np.sqrt(np.mean(grey) ** 7 / (np.mean(grey) ** 7 + 25**7)), 1])
    one, other = one * stretch, other * stretch
    chroma = np.hypot(*one[1:]), np.hypot(*other[1:])
    hue = [np.degrees(np.arctan2(b, a)) % 360 for _, a, b in (one, other)]
    turn = (hue[1] - hue[0] + 180) % 360 - 180 if min(chroma) > 0 else 0.0
    middle, mean = np.radians(hue[0] + turn / 2), np.mean(chroma)
    light = (np.mean([one[0], other[0]]) - 50) ** 2
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    weight = 1 + sum(share * np.cos(k * middle + np.radians(phase)) for share, k, phase in waves)
    blue = np.radians(60) * np.exp(-(((np.degrees(middle) % 360 - 275) / 25) ** 2))
    steps = np.array([
        (other[0] - one[0]) / (1 + 0.015 * light / np.sqrt(20 + light)),
        (chroma[1] - chroma[0]) / (1 + 0.045 * mean),
        2 * np.sqrt(chroma[0] * chroma[1]) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * mean * weight),
    ])  # fmt: skip
    rotation = -2 * np.sqrt(mean**7 / (mean**7 + 25**7)) * np.sin(blue)
    return float(np.sqrt(steps @ steps + rotation * steps[1] * steps[2]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_that_of_the_published_table(one, other, expected):
    assert difference(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("eyes", EYES)
def test_hues_and_references_stay_apart_for_all_eyes(theme, eyes):
    """A CIEDE2000 of 1 is just noticed side by side; between thin lines across a hall it takes some ten times that."""
    seen = {name: lab(getattr(theme, name), EYES[eyes]) for name in (*HUES, *REFERENCES, "foreground")}
    assert difference(seen["rising"], seen["falling"]) > 40
    for one, other in itertools.combinations(seen, 2):
        assert difference(seen[one], seen[other]) > 12, (one, other)
