"""Quantities in the user's units: those of the table are in the units that the network sees."""

import numpy as np

from pipeline.model.data import Axis
from pipeline.projection.units import Unit, Units, words_of


def in_user_units(values: np.ndarray, unit: Units, x: Axis, y: Axis) -> np.ndarray:
    """Values (F, …) in a unit of the table in the units of the two axes.

    Of several units each is that of one part of the second axis. A view that repeats one frame stays one.
    """
    if values.ndim > 1 and values.strides[0] == 0:
        return np.broadcast_to(in_user_units(values[:1].copy(), unit, x, y), values.shape)
    if not isinstance(unit, Unit):
        return np.stack([in_user_units(values[:, i], part, x, y) for i, part in enumerate(unit)], axis=1)
    if unit.place:
        return (x if unit.x else y).to_user(values)
    factor = x.scale**unit.x * y.scale**unit.y
    return values if factor == 1 else values * factor


def unit_word(unit: Units, x: Axis, y: Axis) -> str:
    """A unit of the table in the user's words, such as "(g/ms)²"; empty where it is of neither axis, or of one that
    has none.
    """
    parts = (unit,) if isinstance(unit, Unit) else unit
    used = [axis for part in parts for axis, power in ((x, part.x), (y, part.y)) if power]
    return words_of(unit, x.unit, y.unit) if used and all(axis.unit for axis in used) else ""
