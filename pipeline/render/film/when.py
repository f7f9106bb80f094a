"""When a beat comes: a training time, an event, a condition on a quantity, or a share of the clip's motion."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.config.check import shown
from pipeline.config.nearest import did_you_mean
from pipeline.errors import InputError
from pipeline.render.film.clip_limits import inputs_in_sight, largest_jump_of
from pipeline.render.film.film import Film
from pipeline.render.film.limits import within
from pipeline.render.film.occurring import VISIBLE

LOSS = "loss"  # what conditions and words may name beside quantities
CONDITION = re.compile(r"(\w+)\s*(<=|>=|<|>)\s*(\S+)")
SHARE = re.compile(r"(\S+?)\s*%")
SETTLED = 0.01  # of the samples' range: how near f is to what it ends as once a run has converged
INPUTS = 101  # at which that is looked at
FORMS = "a training time, an event, QUANTITY < NUMBER, or a share such as 40 %"


@dataclass(frozen=True)
class When:
    """kind: time, share, event or condition; name: of the event or quantity; value: the time, share (0 to 1) or bound.

    words: as the user wrote it; relation: of a condition.
    """

    kind: str
    words: str
    name: str = ""
    value: float = 0.0
    relation: str = ""


class NeverComes(InputError):
    """A moment that a run does not have; its words say what came nearest."""


def read_when(key: str, at: Any) -> When:
    """What `at` says. Raises InputError for what says nothing."""
    number = None if isinstance(at, bool) else finite(at)
    if number is not None:
        if not number >= 0:
            raise InputError(f"{key} = {shown(at)}: is no training time; give one from 0 on")
        return When("time", shown(at), value=number)
    words = str(at).strip()
    if words in EVENTS:
        return When("event", words, words)
    if (found := SHARE.fullmatch(words)) and (share := finite(found[1])) is not None:
        if not 0 <= share <= 100:
            raise InputError(f"{key} = {words}: give a share from 0 % to 100 %")
        return When("share", words, value=share / 100)
    if (found := CONDITION.fullmatch(words)) and (bound := finite(found[3])) is not None:
        return When("condition", words, found[1], bound, found[2])
    near = did_you_mean(words, EVENTS)
    raise InputError(f"{key} = {shown(at)}: unknown{near}; give {FORMS}; events are {', '.join(EVENTS)}")


def time_of(when: When, film: Film) -> float:
    """The training time of a moment of a film at a run's moments. Raises NeverComes where there is none."""
    if when.kind == "time":
        if when.value > film.t[-1]:
            raise NeverComes(f"the run ends at t = {film.t[-1]:g}")
        return when.value
    if when.kind == "share":
        return float(film.time.time(np.array([when.value]))[0])
    if when.kind == "event":
        return EVENTS[when.name](film)
    return _crossing(when, series(film, when.name), film)


def series(film: Film, name: str) -> np.ndarray:
    """(F,) a scalar of a film: its loss, or a quantity in the user's units."""
    return film.loss if name == LOSS else film.quantity(name)


def at_time(film: Film, name: str, time: float) -> float | int:
    """A scalar at a training time: numbers change evenly between moments, the loss by equal factors, counts leap."""
    values = series(film, name)
    if values.dtype.kind != "f":
        return int(values[int(np.searchsorted(film.t, time, side="right")) - 1])
    if name == LOSS and (values > 0).all():
        return float(np.exp(np.interp(time, film.t, np.log(values))))
    return float(np.interp(time, film.t, values))


def _crossing(when: When, values: np.ndarray, film: Film) -> float:
    """The first time at which values (F,) fulfil a condition, between moments too."""
    below = when.relation.startswith("<")
    holds = RELATIONS[when.relation](values, when.value)
    if not holds.any():
        finite = np.where(np.isfinite(values), values, np.inf if below else -np.inf)
        best = int(np.argmin(finite) if below else np.argmax(finite))
        least = "least" if below else "largest"
        raise NeverComes(f"the {least} {when.name} is {values[best]:.3g}, at t = {film.t[best]:.3g}")
    k = int(np.argmax(holds))
    if k == 0 or values.dtype.kind != "f" or not np.isfinite(values[k - 1 : k + 1]).all():
        return float(film.t[k])
    ends = values[k - 1], values[k], when.value
    if when.name == LOSS and min(ends) > 0:
        ends = tuple(np.log(ends))
    share = (ends[2] - ends[0]) / (ends[1] - ends[0])
    return float(film.t[k - 1] + share * (film.t[k] - film.t[k - 1]))


RELATIONS: dict[str, Callable[[np.ndarray, float], np.ndarray]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def seen(film: Film) -> np.ndarray:
    """(F, m) whether a breakpoint is in sight, and bends the curve so much that one sees it."""
    x = inputs_in_sight([film])
    visible: np.ndarray = within(film.beta, x) & (np.abs(film.jump) >= VISIBLE * largest_jump_of(film, x))
    return visible


def _changes(film: Film, caught: bool) -> np.ndarray:
    """Times at which a sample catches, or releases, a breakpoint that one sees."""
    before, after = film.held[:-1], film.held[1:]
    happened = after & ~before if caught else before & ~after
    some = np.flatnonzero((happened & seen(film)[1:]).any(axis=1))
    if len(some) == 0:
        unseen = int(np.count_nonzero(happened))
        word = "caught" if caught else "released"
        also = f"; {unseen} that bend the curve too little to be seen are" if unseen else ""
        raise NeverComes(f"no knot is {word}{also}")
    return np.asarray(film.t[1:][some])


def _converged(film: Film) -> float:
    """From when on f stays near what it ends as, at the inputs among the samples."""
    x = np.union1d(np.linspace(film.x[0], film.x[-1], INPUTS), film.x)
    last, near = film.evaluate(len(film.t) - 1, x), SETTLED * (np.ptp(film.y) or 1.0)
    k = len(film.t) - 1
    while k > 0 and np.abs(film.evaluate(k - 1, x) - last).max() <= near:
        k -= 1
    return float(film.t[k])


EVENTS: dict[str, Callable[[Film], float]] = {
    "start": lambda film: film.time.start,
    "first_catch": lambda film: float(_changes(film, caught=True)[0]),
    "last_catch": lambda film: float(_changes(film, caught=True)[-1]),
    "first_release": lambda film: float(_changes(film, caught=False)[0]),
    "last_release": lambda film: float(_changes(film, caught=False)[-1]),
    "converged": _converged,
    "end": lambda film: float(film.t[-1]),
}


def finite(value: Any) -> float | None:
    """The finite number that a value is or says; None where it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if np.isfinite(number) else None
