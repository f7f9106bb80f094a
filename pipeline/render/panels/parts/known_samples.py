"""What is known of the samples beside themselves: those that are not learnt, and the knots of their teacher."""

from typing import Any

from matplotlib.axes import Axes

from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film

SIZE = 0.42  # of crosses and diamonds, in text sizes


def mark_known(axes: Axes, film: Film, style: Style) -> None:
    """Crosses at the samples of a test set, open diamonds at the knots of a teacher, where there are some."""
    looks = {"test": ("x", style.theme.data), "teacher": ("D", style.theme.reference)}
    for name, look in looks.items():
        if film.has(f"{name}_x"):
            _marks(axes, film, style, name, *look)


def _marks(axes: Axes, film: Film, style: Style, name: str, marker: str, ink: str) -> None:
    x, y = (film.quantity(f"{name}_{part}")[0] for part in "xy")
    look: dict[str, Any] = {"ls": "none", "mfc": "none", "mec": ink, "mew": style.stroke, "zorder": 1.8}
    axes.plot(x, y, marker, ms=SIZE * style.text, **look)
