"""Sentences shown at chosen times of a clip: given by hand, or told from what the solver reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.film import Film

SECONDS = 3.0  # how long a sentence stands, unless the next comes first
APART = 1.5  # seconds between two told events, so that each can be read
WORTH = 0.2  # of the largest slope jump: what a knot must make of the curve to be told of


class Captions:
    """The sentence of every frame.

    given: training time → sentence; narrate: whether catches are told as well, where no given sentence stands.
    A sentence comes with the first frame that is not before its time.
    """

    def __init__(self, film: Film, limits: Limits, given: Mapping[float, str], narrate: bool, fps: int):
        stay, apart = round(SECONDS * fps), round(APART * fps)
        chosen = {int(np.searchsorted(film.t, time)): words for time, words in sorted(given.items())}
        if narrate:
            for event in events(film, limits, "catch"):
                frame = event.frame
                if all(frame - other >= apart if other <= frame else other - frame >= stay for other in chosen):
                    chosen[frame] = event.words
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


@dataclass(frozen=True)
class Event:
    """What the solver reports of a breakpoint at a frame, in words; jump: how much it bends the curve, |sμ|."""

    frame: int
    words: str
    jump: float


EVENTS = {"catch": "is caught by", "release": "is released by"}


def events(film: Film, limits: Limits, kind: str) -> list[Event]:
    """All catches or releases, by a key of EVENTS, of breakpoints that bend the curve visibly, in order.

    Neurons and samples are numbered from 1.
    """
    before, after = film.caught[:-1], film.caught[1:]
    free, held = (before, after) if kind == "catch" else (after, before)
    jump = np.abs(film.jump[1:])
    happened = (held >= 0) & (free < 0) & (jump >= WORTH * limits.largest_jump)
    return [
        Event(frame + 1, f"breakpoint {i + 1} {EVENTS[kind]} sample {held[frame, i] + 1}", float(jump[frame, i]))
        for frame, i in np.argwhere(happened).tolist()
    ]
