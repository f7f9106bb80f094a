"""Quantities in the user's units."""

import numpy as np
import pytest

from pipeline.errors import InputError
from pipeline.model.data import Axis
from pipeline.projection.quantities import QUANTITIES, Quantity
from pipeline.projection.units import Unit, words_of
from pipeline.render.film.units import in_user_units, unit_word

X, Y = Axis("time", "ms", 5.0, 2.0), Axis("pull", "g", 1.0, 40.0)
WORDS = {
    "": Unit(),
    "x": Unit(x=1, place=True),
    "Δx": Unit(x=1),
    "y": Unit(y=1, place=True),
    "Δy": Unit(y=1),
    "y/x": Unit(x=-1, y=1),
    "(y/x)²": Unit(x=-2, y=2),
    "y/x²": Unit(x=-2, y=1),
    "y²/x³": Unit(x=-3, y=2),
    "xy": Unit(x=1, y=1),
    "x/y": Unit(x=1, y=-1),
    "1/x": Unit(x=-1),
    "1/y": Unit(y=-1),
    "x³": Unit(x=3),
    "y²": Unit(y=2),
    "y²/θ": Unit(y=2, theta=-1),
    "θ²": Unit(theta=2),
    "θ²/t": Unit(theta=2, t=-1),
    "rad": Unit(rad=1),
    "rad/t": Unit(rad=1, t=-1),
    "x/t": Unit(x=1, t=-1),
    "y/xt": Unit(x=-1, y=1, t=-1),
    "x/t, y/xt": (Unit(x=1, t=-1), Unit(x=-1, y=1, t=-1)),
    "t": Unit(t=1),
    "1/t": Unit(t=-1),
    "mixed": Unit(mixed=True),
}


@pytest.mark.parametrize("word", WORDS)
def test_a_unit_is_written_as_in_books(word):
    assert words_of(WORDS[word]) == word


def test_every_unit_of_the_table_is_among_them():
    assert {quantity.unit for quantity in QUANTITIES.values()} <= set(WORDS.values())


def test_a_unit_in_words_is_refused_as_the_row_is_made():
    with pytest.raises(InputError, match=r"its unit is 'y/x'; give powers"):
        Quantity("F", "y/x", "a slope", lambda run: run.spline.left_slope)


def test_places_move_with_the_origin_and_differences_do_not():
    one = np.array([1.0])
    assert in_user_units(one, WORDS["y"], X, Y) == 41
    assert in_user_units(one, WORDS["Δy"], X, Y) == 40
    assert in_user_units(one, WORDS["(y/x)²"], X, Y) == 400
    assert in_user_units(one, WORDS["mixed"], X, Y) == 1


def test_parts_of_the_second_axis_have_units_of_their_own():
    values = in_user_units(np.ones((3, 2, 4)), WORDS["x/t, y/xt"], X, Y)
    assert (values[:, 0] == 2).all()
    assert (values[:, 1] == 20).all()


def test_what_rests_is_still_one_frame():
    still = np.broadcast_to(np.ones((1, 4)), (3, 4))
    assert in_user_units(still, WORDS["Δy"], X, Y).strides[0] == 0


def test_words_name_the_users_units_or_nothing():
    assert unit_word(WORDS["(y/x)²"], X, Y) == "(g/ms)²"
    assert unit_word(WORDS["y/x"], X, Axis(unit="ms")) == "ms/ms"
    assert unit_word(WORDS["y/x"], Axis(), Y) == ""
    assert unit_word(WORDS["1/t"], X, Y) == ""
