"""Some of many, evenly chosen: frames that are looked at where all would take long, names for which there is room."""

import numpy as np


def evenly(stop: int, most: int, start: int = 0) -> np.ndarray:
    """(K,) at most so many of the whole numbers from `start` to before `stop`, ascending, with the first and last."""
    return np.unique(np.linspace(start, stop - 1, min(most, stop - start)).round().astype(int))
