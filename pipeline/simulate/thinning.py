"""Which states of a run are needed, if those between are taken to lie on straight lines (Douglas & Peucker 1973)."""

from typing import NamedTuple

import numpy as np

from pipeline.compiled import compiled, inner
from pipeline.simulate.solver.visible import Sight, distance_seen, look
from pipeline.simulate.states import States

SAMPLED = 12  # states of a stretch that are looked at before all of them are


class Course(NamedTuple):
    """K states as in states.States, and what is seen of them.

    fall: (K,) ln loss; rest: (K, G) or (K, 0), see States; breakpoint: (K+1, m), value: (K+1, G), with a last row for
    line: (3, m) w, b, v between two.
    """

    t: np.ndarray
    w: np.ndarray
    b: np.ndarray
    v: np.ndarray
    c: np.ndarray
    fall: np.ndarray
    rest: np.ndarray
    breakpoint: np.ndarray
    value: np.ndarray
    line: np.ndarray


def thinned(states: States, sight: Sight, tolerance: float, most_events: int | None = None) -> States:
    """The states that are needed; of those at which breakpoints are caught or released, at most so many in any case."""
    return states.at(needed(states, sight, tolerance, most_events))


def needed(states: States, sight: Sight, tolerance: float, most_events: int | None = None) -> np.ndarray:
    """(K,) which states to keep, so that what is seen of the others is off by at most `tolerance` errors allowed.

    Those at which breakpoints are caught or released are kept, at most so many, and the first and the last.
    """
    count, m = states.w.shape
    kept = events(states, most_events)
    kept[[0, -1]] = True
    fall = np.log(2 * states.loss + sight.faint)
    seen = np.empty((count + 1, m)), np.empty((count + 1, len(sight.probe)))
    rest = np.ascontiguousarray(states.rest[:, : len(sight.probe)])
    course = Course(states.t, states.w, states.b, states.v, states.c, fall, rest, *seen, np.empty((3, m)))
    keep_needed(course, sight, tolerance, kept, np.zeros(2 * count, dtype=np.int64))
    return kept


def events(states: States, most: int | None = None) -> np.ndarray:
    """(K,) whether a breakpoint is caught or released at a state; most: only so many, of the largest |μ|."""
    switched = np.diff(states.held, axis=0, prepend=states.held[:1]) != 0
    there: np.ndarray = switched.any(axis=1)
    if most is not None and there.sum() > most:
        size = np.where(switched, np.abs(states.w * states.v), -1.0).max(axis=1)
        there[np.argsort(size)[:-most]] = False
    return there


@compiled
def keep_needed(course: Course, sight: Sight, tolerance: float, kept: np.ndarray, stack: np.ndarray) -> None:
    """Mark in `kept` (K,) what is needed of the states of a course; stack: (2K,) scratch."""
    for k in range(len(course.t)):
        w, b, v = course.w[k], course.b[k], course.v[k]
        look(w, b, v, course.c[k], sight, course.breakpoint[k], course.value[k])
        for g in range(course.rest.shape[1]):
            course.value[k, g] += course.rest[k, g]
    first = 0
    for k in range(1, len(course.t)):
        if not kept[k]:
            continue
        stack[0], stack[1], depth = first, k, 1
        first = k
        while depth > 0:
            depth -= 1
            low, high = stack[2 * depth], stack[2 * depth + 1]
            middle = farthest(low, high, course, sight, tolerance)
            if middle > low:
                kept[middle] = True
                stack[2 * depth], stack[2 * depth + 1] = low, middle
                stack[2 * depth + 2], stack[2 * depth + 3] = middle, high
                depth += 2


@inner
def farthest(low: int, high: int, course: Course, sight: Sight, tolerance: float) -> int:
    """The state between `low` and `high` that is farthest off the straight line, or `low` where all are near enough.

    In a long stretch some of the states are looked at first, since they are enough to tell that it is bent.
    """
    stride = (high - low) // SAMPLED
    found = low
    while True:
        stride = max(stride, 1)
        worst = tolerance
        for k in range(low + stride, high, stride):
            off = off_line(low, k, high, course, sight)
            if off > worst:
                worst, found = off, k
        if found > low or stride == 1:
            return found
        stride = 1


@inner
def off_line(low: int, k: int, high: int, course: Course, sight: Sight) -> float:
    """How far state k is seen off the straight line from `low` to `high`, in errors allowed."""
    t, fall, breakpoint, value, line = course.t, course.fall, course.breakpoint, course.value, course.line
    share, last = (t[k] - t[low]) / (t[high] - t[low]), len(t)
    for i in range(line.shape[1]):
        line[0, i] = (1.0 - share) * course.w[low, i] + share * course.w[high, i]
        line[1, i] = (1.0 - share) * course.b[low, i] + share * course.b[high, i]
        line[2, i] = (1.0 - share) * course.v[low, i] + share * course.v[high, i]
    c = (1.0 - share) * course.c[low] + share * course.c[high]
    look(line[0], line[1], line[2], c, sight, breakpoint[last], value[last])
    for g in range(course.rest.shape[1]):
        value[last, g] += (1.0 - share) * course.rest[low, g] + share * course.rest[high, g]
    off = distance_seen(breakpoint[k], value[k], breakpoint[last], value[last], sight)
    return float(max(off, abs((1.0 - share) * fall[low] + share * fall[high] - fall[k]) / sight.fine_fall))
