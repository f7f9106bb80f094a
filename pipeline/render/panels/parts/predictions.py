"""What theory predicts, beside the network: thin broken lines in muted ink, each named."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from pipeline.errors import InputError
from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film
from pipeline.render.panels.parts.curve_names import CurveNames, dashes


class Predictions:
    """Predictions by name (quantities.PREDICTIONS) on axes: drawn once where they do not change in time.

    above: rows kept free over their names; lines: one each.
    """

    def __init__(self, axes: Axes, film: Film, style: Style, names: list[str], above: float = 0.0):
        if names:
            check_names(names)
        self.grid = film.quantity("grid")[0] if names else np.zeros(0)
        looks = [{"color": style.theme.muted, **dashes(k + 1)} for k in range(len(names))]
        self.lines = [axes.plot([], [], lw=1.2 * style.stroke, zorder=1.5, **look)[0] for look in looks]
        self._moving: list[tuple[Line2D, np.ndarray]] = []
        for name, line in zip(names, self.lines, strict=True):
            self._add(line, film.quantity(name))
        spoken = [name.replace("_", " ") for name in names]
        self.names = CurveNames(axes, style, spoken, looks, above)

    def _add(self, line: Line2D, values: np.ndarray) -> None:
        if values.strides[0] == 0:
            line.set_data(self.grid, values[0])
        else:
            self._moving.append((line, values))

    @property
    def artists(self) -> list[Artist]:
        """The moving artists."""
        return [line for line, _ in self._moving]

    def show(self, frame: int) -> None:
        """Bring those that change to a frame."""
        for line, values in self._moving:
            line.set_data(self.grid, values[frame])


def check_names(names: list[str]) -> None:
    """InputError at the first name of no prediction."""
    from pipeline.projection.quantities import PREDICTIONS  # the table imports much of SciPy

    for name in names:
        if name not in PREDICTIONS:
            known = ", ".join(PREDICTIONS)
            raise InputError(f"function panel: predictions: {name} is no prediction; choose of {known}")
