"""What is known of the samples beside themselves: those that are not learnt, and the knots of their teacher."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film

SIZE = 0.42  # of crosses and diamonds, in text sizes


def mark_known(axes: Axes, film: Film, style: Style) -> list[Line2D]:
    """Crosses at the samples of a test set, open diamonds at the knots of a teacher, where there are some."""
    looks = {"test": ("x", style.theme.data), "teacher": ("D", style.theme.reference)}
    return [_marks(axes, film, style, name, *look) for name, look in looks.items() if film.has(f"{name}_x")]


def _marks(axes: Axes, film: Film, style: Style, name: str, marker: str, ink: str) -> Line2D:
    x, y = (film.quantity(f"{name}_{part}")[0] for part in "xy")
    look: dict[str, Any] = {"ls": "none", "mfc": "none", "mec": ink, "mew": style.stroke, "zorder": 1.8}
    return axes.plot(x, y, marker, ms=SIZE * style.text, **look)[0]
