"""A run at other times than those it was sampled at."""

from dataclasses import replace

import numpy as np

from pipeline.model.data import Data
from pipeline.simulate.sampling import losses
from pipeline.simulate.trajectory import Trajectory


def resampled(trajectory: Trajectory, times: np.ndarray) -> Trajectory:
    """The run at `times` (K,), nondecreasing: weights between two frames change evenly, the loss is theirs.

    The error is of second order in the distance of frames. A frame that is asked for at its own time is met exactly. A
    breakpoint that a sample holds in both frames is held between them too, since −b/w is the same there; one that is
    held in one of them only is free. After the run's end it rests.
    """
    t = trajectory.t
    times = np.clip(times, t[0], t[-1])
    after = np.clip(np.searchsorted(t, times), 1, len(t) - 1)
    before = after - 1
    gap = t[after] - t[before]
    share = np.divide(times - t[before], gap, out=np.ones(len(times)), where=gap > 0)

    def between(values: np.ndarray) -> np.ndarray:
        weight = share.reshape(-1, *[1] * (values.ndim - 1))
        return np.where(weight == 1, values[after], (1 - weight) * values[before] + weight * values[after])

    held = trajectory.held
    still = np.where(held[before] == held[after], held[after], -1)
    still = np.where((share == 1)[:, None], held[after], np.where((share == 0)[:, None], held[before], still))
    w, b, v, c = (between(part) for part in (trajectory.w, trajectory.b, trajectory.v, trajectory.c))
    made = replace(trajectory, t=times, w=w, b=b, v=v, c=c, held=still)
    return replace(made, loss=losses(made, Data(trajectory.x, trajectory.y)))
