"""How many things lie beyond each edge of a panel: none is lost for being far out."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text

from pipeline.render.theme import Style

# Where the count of each side stands: axes coordinates, alignment, offset from there in text sizes, wording.
_PLACES = {
    "left": ((0, 0), "left", "bottom", (0.35, 0.3), "◂ {}"),
    "right": ((1, 0), "right", "bottom", (0.0, 0.3), "{} ▸"),
    "top": ((1, 1), "right", "bottom", (0.0, 0.45), "▴ {}"),
    "bottom": ((1, 0), "right", "bottom", (0.0, 0.3), "▾ {}"),
}


class EdgeCounts:
    """Counts at the given sides of axes, nothing where the count is 0."""

    def __init__(self, axes: Axes, style: Style, sides: tuple[str, ...]):
        self.axes = axes
        self.texts = {side: _text(axes, style, side) for side in sides}

    @property
    def artists(self) -> list[Text]:
        """The moving artists."""
        return list(self.texts.values())

    def show(self, x: np.ndarray, y: np.ndarray) -> None:
        """Count points x, y (K,), broadcast, beyond each edge."""
        left, right = self.axes.get_xlim()
        bottom, top = self.axes.get_ylim()
        beyond = {"left": x < left, "right": x > right, "bottom": y < bottom, "top": y > top}
        for side, text in self.texts.items():
            number = np.count_nonzero(beyond[side])
            text.set_text(_PLACES[side][4].format(number) if number else "")


def _text(axes: Axes, style: Style, side: str) -> Text:
    place, horizontal, vertical, offset, _ = _PLACES[side]
    return axes.annotate(
        "",
        place,
        xytext=(offset[0] * style.text, offset[1] * style.text),
        xycoords="axes fraction",
        textcoords="offset points",
        ha=horizontal,
        va=vertical,
        color=style.theme.muted,
        annotation_clip=False,
        in_layout=False,
    )
