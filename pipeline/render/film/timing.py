"""Which share of its way a clip has gone at each video frame, and which training time is shown there.

Every clip runs from exactly 0 to exactly the end time, and rests on its first and last frame.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from pipeline.config.tables import Table
from pipeline.errors import InputError

Change = tuple[np.ndarray, np.ndarray]  # times (P,) of a run, and how much has changed until then (P,)

EASE = 0.6  # seconds of video in which a clip comes to a stand, and to its pace again
FLOOR = 0.1  # of an even clip passes evenly in log time, so that it does not leap over a rest
KNOTS = 257  # of that floor


def frame_count(seconds: float, fps: int) -> int:
    """Number of frames F of a clip."""
    return round(seconds * fps)


def parts(seconds: float, fps: int, hold_start: float, hold_end: float) -> tuple[int, int, int]:
    """Frames of the first hold, of the motion, of the last hold; InputError where nothing is left to move.

    Holds that would take more than half of a short clip are shortened to it, in proportion.
    """
    count = frame_count(seconds, fps)
    share = min(1.0, 0.5 * seconds / max(hold_start + hold_end, 1e-9))
    still_start, still_end = (round(share * hold * fps) for hold in (hold_start, hold_end))
    moving = count - still_start - still_end
    if moving < 2:
        raise InputError(
            f"timing.seconds = {seconds:g}: {count} frames at {fps} a second leave {moving} to move; give a longer clip"
        )
    return still_start, moving, still_end


class Stand(NamedTuple):
    """A share of a clip's moving part at which it comes to a stand, and for how many frames, at least 1."""

    share: float
    frames: int


def with_stands(moving: int, stands: Sequence[Stand], fps: int) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """(F,) the share behind each of `moving` frames and those of the stands; the frames [first, stop) of each stand.

    The clip eases to every stand and out of it over EASE seconds, for which it is faster elsewhere: only the stands
    make it longer. Without any it is even. stands: in order of their shares.
    """
    ends = [0.0, *(stand.share for stand in stands), 1.0]
    bounds = _bounds(ends, moving - 1, EASE * fps)
    shares, spans, count = [np.zeros(1)], [], 1
    for k, (start, stop) in enumerate(pairwise(ends)):
        rise, fall = EASE * fps * (k > 0), EASE * fps * (k < len(stands))
        shares.append(start + (stop - start) * _eased(bounds[k + 1] - bounds[k], rise, fall))
        shares[-1][-1:] = stop  # exactly
        if k < len(stands):
            count += len(shares[-1])
            arrived = bounds[k + 1] > bounds[k] or stop == start  # with a frame of the motion, which begins the stand
            spans.append((count - arrived, count + stands[k].frames))
            shares.append(np.full(stands[k].frames, stop))
            count += stands[k].frames
    return np.concatenate(shares), spans


def _bounds(ends: Sequence[float], steps: int, ease: float) -> list[int]:
    """At which step a clip is at each share of its way, which takes so many: where it eases it is at half its pace."""
    spans = np.diff(ends) * steps
    sides = np.full(len(spans), 2)
    sides[0] -= 1
    sides[-1] -= 1
    taken = np.cumsum([0.0, *(spans + 0.5 * np.minimum(sides * ease, spans))])
    bounds = np.round(taken * (steps / taken[-1])).astype(int)
    before_end = np.asarray(ends) < 1
    bounds[before_end] = np.minimum(bounds[before_end], steps - 1)  # the last step is to the end
    found: list[int] = bounds.tolist()
    return found


def _eased(steps: int, rise: float, fall: float) -> np.ndarray:
    """(steps,) the share of a way after each step, to exactly 1: its pace rises from and falls to 0 over some steps."""
    if steps == 0:
        return np.zeros(0)
    squeeze = min(1.0, steps / max(rise + fall, 1e-9))
    rise, fall = rise * squeeze, fall * squeeze
    step = np.arange(1, steps + 1, dtype=float)
    way = step - 0.5 * rise
    if rise:
        way = np.where(step < rise, 0.5 * step**2 / rise, way)
    left = steps - step
    if fall:
        way = np.where(left < fall, steps - 0.5 * rise - 0.5 * fall - 0.5 * left**2 / fall, way)
    return np.asarray(way / way[-1])


def paced(kind: str, shares: ArrayLike, end_time: float, first_time: float, change: Change | None = None) -> np.ndarray:
    """Training time at shares (K,), nondecreasing, of the moving part of a clip.

    kind: a key of PACES. end_time, first_time: training time; change: of what is to change evenly, for the kinds in
    MEASURED. Raises InputError for an unknown kind, and for one of MEASURED without what it measures.
    """
    if kind not in PACES:
        raise InputError(f"timing.kind: {kind!r} is unknown; choose one of {', '.join(PACES)}")
    if kind in MEASURED and change is None:
        raise InputError(f"timing.kind: {kind!r} needs what has changed over the run")
    change = change or (np.zeros(1), np.zeros(1))
    shares = np.asarray(shares, dtype=float)
    times = np.maximum.accumulate(np.clip(PACES[kind](shares, end_time, first_time, change), 0.0, end_time))
    return np.where(shares <= 0, 0.0, np.where(shares >= 1, end_time, times))


def log_time(progress: ArrayLike, end_time: float, first_time: float) -> np.ndarray:
    """Time at a share of the way, smooth from 0: linear up to about first_time, then equal factors."""
    return np.asarray(first_time * np.expm1(np.asarray(progress) * np.log1p(end_time / first_time)))


def log_progress(times: ArrayLike, end_time: float, first_time: float) -> np.ndarray:
    """The inverse of `log_time`: 0 at t = 0 and 1 at the end."""
    return np.asarray(np.log1p(np.asarray(times) / first_time) / np.log1p(end_time / first_time))


def even_progress(end_time: float, first_time: float, change: Change) -> Change:
    """Times (K,) and the shares (K,) of an even clip that lie behind then: of what changes, but FLOOR of log time."""
    t, total = change
    times = np.union1d(t[t <= end_time], np.append(log_time(np.linspace(0, 1, KNOTS), end_time, first_time), end_time))
    floor = log_progress(times, end_time, first_time)
    if not total[-1] > 0:  # nothing ever changes
        return times, floor
    return times, FLOOR * floor + (1 - FLOOR) * np.interp(times, t, total / total[-1])


def _log(shares: np.ndarray, end_time: float, first_time: float, _: Change) -> np.ndarray:
    return log_time(shares, end_time, first_time)


def _linear(shares: np.ndarray, end_time: float, first_time: float, _: Change) -> np.ndarray:
    return end_time * shares


def _even(shares: np.ndarray, end_time: float, first_time: float, change: Change) -> np.ndarray:
    times, behind = even_progress(end_time, first_time, change)
    return np.asarray(np.interp(shares, behind, times))


def _arclength(shares: np.ndarray, end_time: float, first_time: float, arclength: Change) -> np.ndarray:
    times, length = arclength
    if length[-1] <= 0:  # f never moves: any pace shows the same
        return end_time * shares
    # Where f rests, the length stands still and has no inverse: keep the first time of each length.
    keep = np.concatenate([[True], np.diff(np.maximum.accumulate(length)) > 0])
    return np.asarray(np.interp(shares * length[-1], length[keep], times[keep]))


PACES = Table("timing", {"even": _even, "log": _log, "linear": _linear, "arclength": _arclength}, key="timing.kind")
MEASURED = "even", "arclength"  # the kinds that follow what changes over a run
