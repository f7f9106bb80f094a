"""What the solver reports of breakpoints, in words."""

from dataclasses import dataclass

import numpy as np

from pipeline.config.language import Language
from pipeline.render.film.film import Film

WORTH = 0.2  # of the largest slope jump: what a knot must make of the curve to be told of


@dataclass(frozen=True)
class Event:
    """What the solver reports of a breakpoint at a frame, in words; jump: how much it bends the curve, |sμ|."""

    frame: int
    words: str
    jump: float


EVENTS = {"catch": "caught", "release": "released"}  # names of their words


def events(film: Film, largest_jump: float, kind: str, say: Language) -> list[Event]:
    """All catches or releases, by a key of EVENTS, of breakpoints that bend the curve visibly, in order.

    Neurons and samples are numbered from 1.
    """
    before, after = film.caught[:-1], film.caught[1:]
    free, held = (before, after) if kind == "catch" else (after, before)
    jump = np.abs(film.jump[1:])

    def said(neuron: int, sample: int) -> str:
        return say(f"story.{EVENTS[kind]}", neuron=neuron, sample=sample)

    happened = (held >= 0) & (free < 0) & (jump >= WORTH * largest_jump)
    return [
        Event(frame + 1, said(i + 1, int(held[frame, i]) + 1), float(jump[frame, i]))
        for frame, i in np.argwhere(happened).tolist()
    ]
