"""Quantities in the user's units."""

import numpy as np
import pytest

from pipeline.model.data import Axis
from pipeline.projection.quantities import QUANTITIES
from pipeline.render.film.units import exponents, in_user_units, unit_word

X, Y = Axis("time", "ms", 5.0, 2.0), Axis("pull", "g", 1.0, 40.0)


@pytest.mark.parametrize(
    ("unit", "powers"), [("x", (1, 0)), ("y/x²", (-2, 1)), ("(y/x)²", (-2, 2)), ("y²/x³", (-3, 2)), ("xy", (1, 1))]
)
def test_powers_of_a_unit(unit, powers):
    assert tuple(exponents(unit).values()) == powers


def test_places_move_with_the_origin_and_differences_do_not():
    assert in_user_units(np.array([1.0]), "y", X, Y) == 41
    assert in_user_units(np.array([1.0]), "Δy", X, Y) == 40
    assert in_user_units(np.array([1.0]), "(y/x)²", X, Y) == 400


def test_words_name_the_users_units_or_nothing():
    assert unit_word("(y/x)²", X, Y) == "(g/ms)²"
    assert unit_word("y/x", Axis(), Y) == ""
    assert unit_word("1/t", X, Y) == ""


def test_every_unit_of_the_table_is_understood():
    for quantity in QUANTITIES.values():
        exponents(quantity.unit)
