"""A theme at a frame's size: colours as RGBA, lengths in pixels, and Matplotlib's settings, shut off from the user's.

Figures have 72 dots per inch, so that a point is a pixel and every size here is one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import matplotlib
import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.typing import ColorType

from pipeline.config.language import Language, english
from pipeline.config.schema.theme import ThemeConfig

DPI = 72
MINIMUM_TEXT_SHARE = 1 / 40  # of the frame's height, for the last row of the hall
# In upright frames this share of the width is enough, as they fill a telephone held in the hand; no such is longer than
# that its height by this share is as much.
MINIMUM_UPRIGHT, MINIMUM_LONG = 1 / 27, 1 / 60
LEGIBLE = 4.5  # contrast of words with the ground, by WCAG 2


@dataclass(frozen=True)
class Style:
    """A theme for frames of one size, and the language of their words; all lengths in pixels.

    text: smallest type; stroke: an ordinary line; mark: width of the largest mark among 60 neurons; say: the words by
    their names in conf/language/.
    """

    theme: ThemeConfig
    width: int
    height: int
    text: float
    stroke: float
    mark: float
    say: Language

    def rgba(self, name: str, opacity: float = 1.0) -> tuple[float, float, float, float]:
        """One of the theme's colours, such as `rising`."""
        return to_rgba(getattr(self.theme, name), opacity)

    def words(self, name: str) -> tuple[float, float, float, float]:
        """One of the theme's colours as words wear it: with just so much of the foreground that they can be read."""
        colour, ink = np.array(self.rgba(name)), np.array(self.rgba("foreground"))
        mixed = (colour + share * (ink - colour) for share in np.linspace(0, 1, 51))
        legible = (tuple(each) for each in mixed if contrast(tuple(each), self.theme.background) >= LEGIBLE)
        return cast(tuple[float, float, float, float], next(legible, tuple(ink)))

    @contextmanager
    def settings(self) -> Iterator[None]:
        """Matplotlib's own defaults and this style's, whatever the user's matplotlibrc says; undone on leaving."""
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(cast(Any, self._settings()))  # whose keys it wants as literals
            yield

    def _settings(self) -> dict[str, Any]:
        theme = self.theme
        return {
            "figure.dpi": DPI,
            "figure.facecolor": theme.background,
            "axes.facecolor": "none",
            "axes.edgecolor": theme.muted,
            "axes.labelcolor": theme.foreground,
            "axes.titlecolor": theme.foreground,
            "axes.linewidth": self.stroke,
            "axes.labelsize": self.text,
            "axes.titlesize": self.text,
            "axes.titlelocation": "left",
            "axes.titley": 1.0,  # where it is anyway: Matplotlib looks for labels over the axes where none is given
            "axes.titlepad": 0.45 * self.text,
            "axes.labelpad": 0.15 * self.text,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.unicode_minus": True,
            "text.color": theme.foreground,
            "font.family": [theme.font, ThemeConfig.font],  # the second has the glyphs that the first lacks
            "font.size": self.text,
            "mathtext.fontset": theme.math_font,
            "lines.solid_capstyle": "round",
            "pdf.fonttype": 42,  # TrueType: text stays text, which journals ask for
            "svg.hashsalt": "relu-spline-videos",  # the same picture gives the same bytes
            "lines.solid_joinstyle": "round",
            **{f"{axis}tick.{key}": value for axis in "xy" for key, value in self._ticks().items()},
        }

    def _ticks(self) -> dict[str, Any]:
        return {
            "color": self.theme.muted,
            "labelcolor": self.theme.muted,
            "labelsize": self.text,
            "major.size": 0.3 * self.text,
            "major.width": self.stroke,
            "major.pad": 0.2 * self.text,
            "minor.size": 0.0,
        }


def hue(rising: bool) -> str:
    """The theme's colour for a sign of the slope jump."""
    return "rising" if rising else "falling"


def least_text(width: int, height: int) -> float:
    """The smallest type that a frame may have, px."""
    return min(MINIMUM_TEXT_SHARE * height, max(MINIMUM_UPRIGHT * width, MINIMUM_LONG * height))


def style_for(theme: ThemeConfig, width: int, height: int, language: Language | None = None) -> Style:
    """The theme for frames of width × height pixels; without a language in English."""
    side = min(width, height)
    return Style(
        theme,
        width,
        height,
        text=max(theme.text_size * side, least_text(width, height), min(theme.smallest_text, side / 18)),
        stroke=max(theme.stroke * side, theme.smallest_stroke),
        mark=theme.mark_size * side,
        say=language or english(),
    )


def contrast(one: ColorType, other: ColorType) -> float:
    """Contrast ratio of two colours by WCAG 2, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: ColorType) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgba(colour)[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
