"""Sentences shown at chosen times of a clip: given by hand, or told from what the solver reports."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from pipeline.render.film import Film

SECONDS = 3.0  # how long a sentence stands, unless the next comes first
APART = 1.5  # seconds between two told events, so that each can be read
WORTH = 0.2  # of the largest slope jump: what a knot must make of the curve to be told of


class Captions:
    """The sentence of every frame.

    given: training time → sentence; narrate: whether catches are told as well, where no given sentence stands.
    A sentence comes with the first frame that is not before its time.
    """

    def __init__(self, film: Film, given: Mapping[float, str], narrate: bool, fps: int):
        stay, apart = round(SECONDS * fps), round(APART * fps)
        chosen = {int(np.searchsorted(film.t, time)): words for time, words in sorted(given.items())}
        if narrate:
            for frame, words in catches(film):
                if all(frame - other >= apart if other <= frame else other - frame >= stay for other in chosen):
                    chosen[frame] = words
        starts = sorted(frame for frame in chosen if frame < len(film.t))
        self._words = [""] * len(film.t)
        for start, following in pairwise([*starts, len(film.t)]):
            end = min(start + stay, following)
            self._words[start:end] = [chosen[start]] * (end - start)

    @property
    def sentences(self) -> set[str]:
        """All of them."""
        return set(self._words) - {""}

    def __getitem__(self, frame: int) -> str:
        return self._words[frame]


def catches(film: Film) -> list[tuple[int, str]]:
    """Frame and sentence of every catch of a breakpoint that bends the curve visibly, in order; numbers from 1."""
    caught = (film.caught[1:] >= 0) & (film.caught[:-1] < 0)
    visible = np.abs(film.jump[1:]) >= WORTH * film.largest_jump
    return [
        (int(frame) + 1, f"breakpoint {neuron + 1} is caught by sample {film.caught[frame + 1, neuron] + 1}")
        for frame, neuron in np.argwhere(caught & visible)
    ]
