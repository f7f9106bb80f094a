"""Scalar quantities of a run over training time, several on one axis where they share a unit."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.projection.quantities import PREDICTIONS, QUANTITIES
from pipeline.projection.units import words_of
from pipeline.render.film.film import Film
from pipeline.render.film.units import unit_word
from pipeline.render.panels.parts.curve_names import dashes
from pipeline.render.panels.parts.live_number import spoken
from pipeline.render.panels.parts.predictions import reference_look
from pipeline.render.panels.parts.series import TimeSeries


class ScalarPanel(TimeSeries):
    """Scalars over time."""

    def draw_still(self) -> None:
        self.scale = self.options["scale"]
        self.quantities = list(self.options["quantities"])
        words = [spoken(name, self.style.say) for name in self.quantities]
        unit = unit_word(QUANTITIES[self.quantities[0]].unit, self.film.data.x_axis, self.film.data.y_axis)
        shared, self.names = told_apart(words)
        self.inks = tuple(reference_look(k)["ink"] if self._is_distance(k) else "foreground" for k in range(len(words)))
        several = self.style.say("panels.in_unit", unit=unit) if unit else self.style.say("panels.number")
        self.heading(shared or several, unit=unit if shared else "")
        super().draw_still()

    @classmethod
    def numbers_of(cls, film: Film, options: Mapping[str, Any]) -> np.ndarray:
        """(C, F) the quantities. Raises InputError for names of which one axis cannot show all."""
        check_scalars(options["quantities"])
        return np.stack([film.quantity(name) for name in options["quantities"]])

    def _is_distance(self, k: int) -> bool:
        """Whether the k-th is the distance to a prediction: it is drawn like that, in the order of the predictions."""
        return len(self.quantities) > 1 and self.quantities[k].removesuffix("_distance") in PREDICTIONS

    def look(self, k: int) -> dict[str, Any]:
        """Dashes of the k-th curve, those of the prediction that it is the distance to."""
        return dashes(k + 1) if self._is_distance(k) else super().look(k)


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


def told_apart(words: list[str]) -> tuple[str, tuple[str, ...]]:
    """What all names begin with, or else end in, and what is left of each; a lone name is whole.

    ("how far from the …", ("linear spline", …)) or ("distance", ("linear spline", …)).
    """
    if len(words) == 1:
        return words[0], ()
    parts = [name.split(" ") for name in words]
    begun = shared_words(parts)
    if begun:
        return f"{' '.join(parts[0][:begun])} …", tuple(" ".join(part[begun:]) for part in parts)
    ended = shared_words([part[::-1] for part in parts])
    cut = [len(part) - ended for part in parts]
    return " ".join(parts[0][cut[0] :]), tuple(" ".join(part[:end]) for part, end in zip(parts, cut, strict=True))


def shared_words(parts: list[list[str]]) -> int:
    """How many words all names begin with, of which each keeps one more."""
    same = 0
    while all(len(part) > same + 1 and part[same] == parts[0][same] for part in parts):
        same += 1
    return same
