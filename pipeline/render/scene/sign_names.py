"""What the signs of a clip mean, said in place as each first appears; for clips in which nothing else is said."""

from collections.abc import Iterable, Iterator
from operator import itemgetter

import numpy as np

from pipeline.render.drawing.key import ENTRIES
from pipeline.render.film.occurring import of_knots
from pipeline.render.film.story import Beat
from pipeline.render.film.timing import frame_count
from pipeline.render.panels.function import FunctionPanel
from pipeline.render.panels.parts.target import knots_in_sight

STAYS = 2.0  # seconds
NAMED = "rising", "falling", "held"


def sign_names(panel: FunctionPanel, signs: Iterable[str]) -> list[Beat]:
    """Words beside the first knots of a settled panel that show signs of the key, one after another, never at once."""
    film = panel.film
    stay, free = frame_count(STAYS, film.fps), 0
    beats = []
    wanted = [name for name in NAMED if name in set(signs)]
    for frame, name, knot in sorted(_firsts(panel, wanted), key=itemgetter(0)):
        start = max(frame, free)
        free = start + stay
        if free <= len(film.t):
            words = panel.style.say(f"key.{ENTRIES[name].words}")
            beats.append(Beat(start, free, float(film.t[start]), words, {"knot": knot + 1}))
    return beats


def _firsts(panel: FunctionPanel, signs: Iterable[str]) -> Iterator[tuple[int, str, int]]:
    """Where each sign is seen first: frame, name, and the neuron of the knot that shows it best."""
    seen = of_knots(panel.film, panel.limits)
    for name in signs:
        frames: list[int] = np.flatnonzero(seen[name].any(axis=1)).tolist()
        shown = ((frame, _best(panel, frame, name, seen[name][frame])) for frame in frames)
        first = next(((frame, knot) for frame, knot in shown if knot is not None), None)
        if first:
            yield first[0], name, first[1]


def _best(panel: FunctionPanel, frame: int, name: str, seen: np.ndarray) -> int | None:
    """A neuron of the knot that shows a sign best among those in sight of neurons `seen` (m,); None where none does."""
    film, drawn = panel.film, seen.copy()
    beta = film.beta[frame, seen]
    drawn[seen] = panel.window.holds(beta, film.evaluate(frame, beta))
    knots = [knot for knot in knots_in_sight(panel, frame) if drawn[knot].any()]
    bends = [_bend(name, film.jump[frame, knot].sum()) for knot in knots]
    return int(knots[int(np.argmax(bends))][0]) if max(bends, default=0.0) > 0 else None


def _bend(name: str, jump: float) -> float:
    """How well a knot shows a sign: one of neurons that bend both ways has the hue of their sum."""
    return {"rising": jump, "falling": -jump, "held": abs(jump)}[name]
