"""Which share of its way a clip has gone at each video frame, and which training time is shown there.

Every clip runs from exactly 0 to exactly the end time, and rests on its first and last frame.
"""

import numpy as np
from numpy.typing import ArrayLike

from pipeline.config.tables import Table
from pipeline.errors import InputError

Change = tuple[np.ndarray, np.ndarray]  # times (P,) of a run, and how much has changed until then (P,)

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


def frame_shares(seconds: float, fps: int, hold_start: float, hold_end: float) -> np.ndarray:
    """(F,) the share of the moving part of a clip that lies behind each frame: 0 and 1 in the holds."""
    still_start, moving, still_end = parts(seconds, fps, hold_start, hold_end)
    return np.concatenate([np.zeros(still_start), np.linspace(0.0, 1.0, moving), np.ones(still_end)])


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
