"""Scalar quantities of a run over training time, several on one axis where they share a unit."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.projection.quantities import QUANTITIES
from pipeline.projection.units import words_of
from pipeline.render.film.film import Film
from pipeline.render.film.units import unit_word
from pipeline.render.panels.parts.series import TimeSeries


class ScalarPanel(TimeSeries):
    """Scalars over time."""

    def draw_still(self) -> None:
        self.scale = self.options["scale"]
        self.quantities = list(self.options["quantities"])
        words = [spoken(name) for name in self.quantities]
        unit = unit_word(QUANTITIES[self.quantities[0]].unit, self.film.data.x_axis, self.film.data.y_axis)
        shared, self.names = told_apart(words)
        self.heading(shared or (f"in {unit}" if unit else "number"), unit=unit if shared else "")
        super().draw_still()

    @classmethod
    def numbers_of(cls, film: Film, options: Mapping[str, Any]) -> np.ndarray:
        """(C, F) the quantities. Raises InputError for names of which one axis cannot show all."""
        check_scalars(options["quantities"])
        return np.stack([film.quantity(name) for name in options["quantities"]])


def check_scalars(names: Sequence[str]) -> None:
    """InputError for names of quantities of which one axis cannot show all."""
    if not names:
        raise InputError("scalar panel: quantities = []: name one or more, such as roughness")
    shapes = {name: QUANTITIES[name].shape for name in names}
    for name, shape in shapes.items():
        if shape != "F":
            raise InputError(f"scalar panel: quantities: {name} is no scalar, but {shape.replace(' ', ' x ')}")
    if len({QUANTITIES[name].unit for name in names}) > 1:
        listed = ", ".join(f"{name} in {words_of(QUANTITIES[name].unit) or '1'}" for name in names)
        raise InputError(f"scalar panel: quantities: {listed}; give those of another unit a panel of their own")


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
