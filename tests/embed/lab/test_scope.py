"""A run of another loss or other neurons has no laboratory: its talk leaves the page out, and who asks is told."""

import pytest

from pipeline import InputError
from pipeline.embed.lab.scope import check_solved, is_solved
from tests.conftest import composed


@pytest.mark.parametrize(("key", "value"), [("loss", "huber"), ("activation", "abs")])
def test_only_squares_of_relus_have_one(key, value):
    dynamics = composed(f"dynamics.{key}={value}").dynamics
    assert not is_solved(dynamics)
    with pytest.raises(InputError, match=rf"dynamics\.{key} = {value}: a laboratory solves"):
        check_solved(dynamics)


def test_ours_have():
    dynamics = composed().dynamics
    check_solved(dynamics)
    assert is_solved(dynamics)
