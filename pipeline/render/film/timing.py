"""Which training time each video frame shows. No Matplotlib here: the simulation needs it too.

Every clip runs from exactly 0 to exactly the end time, and rests on its first and last frame.
"""

import numpy as np
from numpy.typing import ArrayLike

from pipeline.config.tables import Table
from pipeline.errors import InputError

Pilot = tuple[np.ndarray, np.ndarray]  # times and arc lengths of f along a pilot run


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


def frame_times(
    kind: str,
    end_time: float,
    seconds: float,
    fps: int,
    hold_start: float,
    hold_end: float,
    first_time: float,
    arclength: Pilot | None = None,
) -> np.ndarray:
    """Training time of each frame, (F,), nondecreasing.

    kind: a key of PACES. end_time, first_time: training time; seconds, hold_start, hold_end: of the video.
    arclength: times (P,) and cumulative arc length (P,) of f along a pilot run, for kind `arclength`.
    """
    if kind not in PACES:
        raise InputError(f"timing.kind: {kind!r} is unknown; choose one of {', '.join(PACES)}")
    still_start, moving, still_end = parts(seconds, fps, hold_start, hold_end)
    progress = np.linspace(0.0, 1.0, moving)
    times = np.maximum.accumulate(np.clip(PACES[kind](progress, end_time, first_time, arclength), 0.0, end_time))
    times[0], times[-1] = 0.0, end_time
    return np.concatenate([np.zeros(still_start), times, np.full(still_end, end_time)])


def log_time(progress: ArrayLike, end_time: float, first_time: float) -> np.ndarray:
    """Time at a share of the way, smooth from 0: linear up to about first_time, then equal factors."""
    return np.asarray(first_time * np.expm1(np.asarray(progress) * np.log1p(end_time / first_time)))


def log_progress(times: ArrayLike, end_time: float, first_time: float) -> np.ndarray:
    """The inverse of `log_time`: 0 at t = 0 and 1 at the end."""
    return np.asarray(np.log1p(np.asarray(times) / first_time) / np.log1p(end_time / first_time))


def _log(progress: np.ndarray, end_time: float, first_time: float, _: Pilot | None) -> np.ndarray:
    return log_time(progress, end_time, first_time)


def _linear(progress: np.ndarray, end_time: float, first_time: float, _: Pilot | None) -> np.ndarray:
    return end_time * progress


def _arclength(progress: np.ndarray, end_time: float, first_time: float, arclength: Pilot | None) -> np.ndarray:
    if arclength is None:
        raise InputError("timing.kind: 'arclength' needs a pilot run's times and arc lengths")
    times, length = (np.asarray(a, dtype=float) for a in arclength)
    if length[-1] <= 0:  # f never moves: any pace shows the same
        return end_time * progress
    # Where f rests, the length stands still and has no inverse: keep the first time of each length.
    keep = np.concatenate([[True], np.diff(np.maximum.accumulate(length)) > 0])
    return np.asarray(np.interp(progress * length[-1], length[keep], times[keep]))


PACES = Table("timing", {"log": _log, "linear": _linear, "arclength": _arclength}, key="timing.kind")
