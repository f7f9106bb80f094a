"""What theory predicts, beside the network: broken lines in hues of their own, each named at its end."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from pipeline.config.language import Language
from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film
from pipeline.render.panels.parts.curve_names import dashes
from pipeline.render.panels.parts.end_labels import EndLabels

INKS = "reference", "reference_2"  # colours of the theme
SAME = 0.01  # of the panel's height: references that are never farther apart are one


class Predictions:
    """Predictions by name (quantities.PREDICTIONS) on axes; lines: one each, those that coincide are one.

    height: of what the axes show, in their units.
    """

    def __init__(self, axes: Axes, film: Film, style: Style, names: list[str], height: float):
        self.axes = axes
        self.grid = film.quantity("grid")[0] if names else np.zeros(0)
        curves = [film.quantity(name) for name in names]
        groups = alike(curves, SAME * height)
        self.curves = [curves[group[0]] for group in groups]
        looks = [reference_look(group[0]) for group in groups]
        inks = [getattr(style.theme, look.pop("ink")) for look in looks]
        self.lines = [
            axes.plot([], [], color=ink, lw=1.4 * style.stroke, zorder=1.5, **look)[0]
            for ink, look in zip(inks, looks, strict=True)
        ]
        for line, values in zip(self.lines, self.curves, strict=True):
            line.set_data(self.grid, values[0])
        said = [" = ".join(spoken(names[k], style.say) for k in group) for group in groups]
        self.names = EndLabels(axes, style, said, [reference_look(group[0])["ink"] for group in groups])

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [*(line for line, _ in self._moving()), *self.names.artists]

    def _moving(self) -> list[tuple[Line2D, np.ndarray]]:
        pairs = zip(self.lines, self.curves, strict=True)
        return [(line, values) for line, values in pairs if values.strides[0] != 0]

    def settle(self) -> None:
        """Place the names, once the axes' limits and size are final."""
        if not self.lines:
            return
        right = self.axes.get_xlim()[1]
        last = int(np.searchsorted(self.grid, right)) - 1
        self.names.settle(np.stack([values[:, last] for values in self.curves], axis=1))

    def show(self, frame: int) -> None:
        """Bring those that change, and the names, to a frame."""
        for line, values in self._moving():
            line.set_data(self.grid, values[frame])
        self.names.show(frame, self.axes.bbox.x1)


def reference_look(k: int) -> dict[str, Any]:
    """Ink, a name of the theme's, and dashes of the k-th reference of a scene."""
    return {"ink": INKS[k % len(INKS)], **dashes(k + 1)}


def alike(curves: list[np.ndarray], distance: float) -> list[list[int]]:
    """Numbers of curves (…) in groups that stay within a distance of their first, in order of the first."""
    groups: list[list[int]] = []
    for k, curve in enumerate(curves):
        near = (group for group in groups if np.abs(curves[group[0]] - curve).max() <= distance)
        first = next(near, None)
        if first is None:
            groups.append([k])
        else:
            first.append(k)
    return groups


def spoken(name: str, say: Language) -> str:
    """A prediction in words."""
    from pipeline.projection.quantities import PREDICTIONS  # the table imports much of SciPy

    return say.row("predictions", name, PREDICTIONS[name].spoken)
