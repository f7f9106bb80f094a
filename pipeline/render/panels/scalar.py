"""Scalar quantities of a run over training time, several on one axis where they share a unit."""

import numpy as np

from pipeline.errors import InputError
from pipeline.projection.quantities import QUANTITIES
from pipeline.render.panels.series import TimeSeries
from pipeline.render.units import unit_word


class ScalarPanel(TimeSeries):
    """Scalars over time."""

    def draw_still(self) -> None:
        self.scale = self.options["scale"]
        self.quantities = list(self.options["quantities"])
        self._check()
        words = [spoken(name) for name in self.quantities]
        several = len(words) > 1
        unit = unit_word(QUANTITIES[self.quantities[0]].unit, self.film.data.x_axis, self.film.data.y_axis)
        if several:
            self.heading(f"in {unit}" if unit else "number")
        else:
            self.heading(words[0], unit=unit)
        self.names = tuple(words) if several else ()
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
            listed = ", ".join(f"{name} in {QUANTITIES[name].unit or '1'}" for name in self.quantities)
            raise InputError(f"scalar panel: quantities: {listed}; give those of another unit a panel of their own")

    @property
    def numbers(self) -> np.ndarray:
        """(C, F) the quantities."""
        return np.stack([self.film.quantity(name) for name in self.quantities])

    @property
    def limiting(self) -> np.ndarray:
        """The same of all runs beside each other."""
        return np.stack([film.quantity(name) for film in self.film.peers for name in self.quantities])


def spoken(name: str) -> str:
    """A quantity's name in words."""
    return name.replace("_", " ").replace("hessian", "Hessian")
