"""What a key has to explain: only what one sees in the clip."""

import numpy as np
import pytest

from pipeline import Data, Trajectory
from pipeline.render.film.clip_limits import shared_limits
from pipeline.render.film.occurring import MANY, are_few, occurring
from tests.render.runs import film_of


def film(jumps, held=-1, samples=3):
    """Two frames of neurons that stand at the middle of the samples, of given slope jumps."""
    x = np.linspace(-1, 1, samples)
    data = Data(x, x)
    v = np.array([jumps] * 2, dtype=float)
    w, b = np.ones_like(v), np.zeros_like(v)
    caught = np.full(v.shape, held)
    return film_of(data, Trajectory(np.array([0.0, 1.0]), w, b, v, *np.zeros((2, 2)), caught, data.x, data.y))


def signs(one) -> set[str]:
    return occurring(one, shared_limits([one])[0]) & {"rising", "falling", "held"}


@pytest.mark.parametrize(
    ("jumps", "held", "expected"),
    [
        ([1.0, 2.0], -1, {"rising"}),
        ([-1.0, -2.0], -1, {"falling"}),
        ([1.0, -2.0], 1, {"rising", "falling", "held"}),
        ([1.0, -1e-3], -1, {"rising"}),
    ],
)
def test_signs_are_those_of_knots_that_one_sees(jumps, held, expected):
    assert signs(film(jumps, held)) == expected


@pytest.mark.parametrize("samples", [MANY - 1, MANY])
def test_many_samples_have_a_sign_of_their_own(samples):
    one = film([1.0], samples=samples)
    assert are_few(one) == (samples < MANY)
    assert ("sample" in occurring(one, shared_limits([one])[0])) == are_few(one)


def test_threads_are_named_however_faint():
    one = film([1.0, -1e-3], held=1)
    found = occurring(one, shared_limits([one])[0])
    assert "falling" not in found
    assert {"thread_up", "thread_down", "thick"} <= found
