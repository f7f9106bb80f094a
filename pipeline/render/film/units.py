"""Quantities in the user's units: those of the table are in the units that the network sees."""

import re

import numpy as np

from pipeline.model.data import Axis

_POWERS = {"": 1, "²": 2, "³": 3}
_POINTS = {"x": "x", "y": "y"}  # units of places on an axis, which have an origin; all others are differences or ratios


def in_user_units(values: np.ndarray, unit: str, x: Axis, y: Axis) -> np.ndarray:
    """Values (F, …) in a unit of the table, such as "y/x" or "(y/x)²", in the units of the two axes.

    Of two units, as in "x/t, y/xt", each is that of one part of the second axis. A view that repeats one frame stays
    one.
    """
    if values.ndim > 1 and values.strides[0] == 0:
        return np.broadcast_to(in_user_units(values[:1].copy(), unit, x, y), values.shape)
    if ", " in unit:
        parts = [in_user_units(values[:, i], part, x, y) for i, part in enumerate(unit.split(", "))]
        return np.stack(parts, axis=1)
    if unit in _POINTS:
        return (x if unit == "x" else y).to_user(values)
    powers = exponents(unit)
    factor = x.scale ** powers["x"] * y.scale ** powers["y"]
    return values if factor == 1 else values * factor


def exponents(unit: str) -> dict[str, int]:
    """Powers of x and y in a unit: {"x": −2, "y": 2} of "(y/x)²". Units of time and parameters have none."""
    ratio, _, outer = unit.partition(")")
    above, _, below = ratio.strip("(").partition("/")
    outer_power = _POWERS[outer] if unit.startswith("(") else 1
    powers = {"x": 0, "y": 0}
    for sign, part in ((1, above), (-1, below)):
        for name, power in re.findall("([xy])([²³]?)", part):
            powers[name] += sign * _POWERS[power] * outer_power
    return powers


def unit_word(unit: str, x: Axis, y: Axis) -> str:
    """A unit of the table in the user's words, such as "(g/ms)²"; empty where an axis that it needs has none."""
    if any(not axis.unit for name, axis in (("x", x), ("y", y)) if exponents(unit)[name]):
        return ""
    return re.sub("[xy]", lambda name: (x if name[0] == "x" else y).unit, unit) if any(exponents(unit).values()) else ""
