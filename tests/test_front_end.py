"""What Numba is asked about a loop it is asked once, and a loop of somebody else may be any that Numba compiles."""

import gc
from collections import Counter

import pytest
from numba import TypingError, njit
from numba.core.typing.context import BaseContext

from pipeline import front_end
from pipeline.compiled import compiled, inner
from pipeline.linking import without_looking_for_circles


def loop(x):
    """Some operators many times, on types of two kinds."""
    y = x * x + x * 2.0
    for k in range(3):
        y = y * x + k * 2 + k * 3
    return y * y


def asked(monkeypatch, decorate):
    """How often Numba is asked what functions of its own give, by function and types, while `loop` is compiled."""
    counts, resolve = Counter(), BaseContext.resolve_function_type

    def count(context, function, arguments, keywords):
        counts[function, arguments] += isinstance(function, front_end.types.Function)
        return resolve(context, function, arguments, keywords)

    with monkeypatch.context() as patch:
        patch.setattr(BaseContext, "resolve_function_type", count)
        compile_ = decorate(loop)
        assert compile_(0.1) == loop(0.1)
    return +counts


def test_an_operator_is_asked_for_once(monkeypatch):
    ours, numbas = asked(monkeypatch, compiled), asked(monkeypatch, njit)
    assert set(ours.values()) == {1}
    assert max(numbas.values()) > 1
    assert set(ours) >= {key for key in numbas if key[0].typing_key.__name__ == "mul"}


def test_what_has_no_type_is_told_in_numbas_words():
    messages = []
    for decorate in (compiled, njit):
        with pytest.raises(TypingError) as told:
            decorate(lambda x: x + "y")(1.0)
        messages.append(
            str(told.value).partition("File")[0].split()
        )  # how deep it is indented says how often it was told
    assert messages[0] == messages[1]
    assert "implementation" in messages[0]


def test_loops_of_others_may_have_what_ours_do_not():
    """A closure and a comprehension over a tuple, which take passes that are left out for this package's own."""
    step = inner(lambda x: (lambda y: 2.0 * y)(x))
    assert compiled(lambda x: step(x) + sum((x, 1.0)))(0.5) == 2.5


def test_frozen_objects_stay_so_and_collecting_goes_on():
    with without_looking_for_circles():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.freeze()
    try:
        with without_looking_for_circles():
            pass
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
