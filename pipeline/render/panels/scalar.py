"""Scalar quantities of a run over training time, several on one axis where they share a unit."""

import numpy as np

from pipeline.errors import InputError
from pipeline.projection.quantities import QUANTITIES
from pipeline.projection.units import words_of
from pipeline.render.film.units import unit_word
from pipeline.render.panels.parts.series import TimeSeries


class ScalarPanel(TimeSeries):
    """Scalars over time."""

    def draw_still(self) -> None:
        self.scale = self.options["scale"]
        self.quantities = list(self.options["quantities"])
        self._check()
        words = [spoken(name) for name in self.quantities]
        unit = unit_word(QUANTITIES[self.quantities[0]].unit, self.film.data.x_axis, self.film.data.y_axis)
        shared, self.names = told_apart(words)
        self.heading(shared or (f"in {unit}" if unit else "number"), unit=unit if shared else "")
        super().draw_still()

    def _check(self) -> None:
        if not self.quantities:
            raise InputError("scalar panel: quantities = []: name one or more, such as roughness")
        shapes = {name: QUANTITIES[name].shape for name in self.quantities}
        for name, shape in shapes.items():
            if shape != "F":
                raise InputError(f"scalar panel: quantities: {name} is no scalar, but {shape.replace(' ', ' x ')}")
        units = {QUANTITIES[name].unit for name in self.quantities}
        if len(units) > 1:
            listed = ", ".join(f"{name} in {words_of(QUANTITIES[name].unit) or '1'}" for name in self.quantities)
            raise InputError(f"scalar panel: quantities: {listed}; give those of another unit a panel of their own")

    @property
    def numbers(self) -> np.ndarray:
        """(C, F) the quantities."""
        return np.stack([self.film.quantity(name) for name in self.quantities])

    @property
    def limiting(self) -> np.ndarray:
        """The same of all runs beside each other."""
        return np.stack([film.quantity(name) for film in self.limits.films for name in self.quantities])


def spoken(name: str) -> str:
    """A quantity's name in words."""
    return name.replace("_", " ").replace("hessian", "Hessian")


def told_apart(words: list[str]) -> tuple[str, tuple[str, ...]]:
    """What all names end in, and what is left of each: ("distance", ("linear spline", …)); a lone name is whole."""
    if len(words) == 1:
        return words[0], ()
    parts = [name.split(" ") for name in words]
    same = 0
    while all(len(part) > same + 1 and part[-1 - same] == parts[0][-1 - same] for part in parts):
        same += 1
    cut = [len(part) - same for part in parts]
    return " ".join(parts[0][cut[0] :]), tuple(" ".join(part[:end]) for part, end in zip(parts, cut, strict=True))
