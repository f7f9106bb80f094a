"""A run of another loss or other neurons, or of too many, has no laboratory: its talk and the atlas leave it out."""

import re

import pytest

from pipeline import InputError
from pipeline.embed.lab.module import layout
from pipeline.embed.lab.scope import check_solved, has_laboratory
from tests.conftest import composed

MOST = layout()["most_neurons"]


@pytest.mark.parametrize("word", ["dynamics.loss=huber", "dynamics.activation=abs", f"init.width={MOST + 1}"])
def test_only_squares_of_not_too_many_relus_have_one(word):
    config = composed(word)
    assert not has_laboratory(config)
    with pytest.raises(InputError, match=rf"{re.escape(word.replace('=', ' = '))}: a laboratory solves"):
        check_solved(config)


def test_ours_have():
    config = composed(f"init.width={MOST}")
    check_solved(config)
    assert has_laboratory(config)


def test_of_other_dynamics_there_is_one_where_it_is_asked_for_alone():
    """It shows the gradient flow of the same network, which is not what the talk is of."""
    config = composed("dynamics=adam")
    check_solved(config)
    assert not has_laboratory(config)
