"""Whether a clip drags or leaps: how what is seen to change is spread over its seconds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.projection.change import cumulative_change
from pipeline.render.film.film import Film
from pipeline.render.film.timeline import Timeline

STRETCH = 1.5  # s outside holds in which something should happen
DEAD = 0.02  # of a clip's change: a stretch with less is dead
ROUNDING = 1e-12  # a change that is none
LEAP = 6.0  # times the middle change from frame to frame: more at once is missed


@dataclass(frozen=True)
class Rhythm:
    """least: the smallest share of a clip's change in STRETCH seconds outside holds, or in all that moves if that is
    shorter; largest: the largest change from frame to frame, in times the median. Both are of frames that move.
    """

    least: float
    largest: float

    @property
    def is_steady(self) -> bool:
        """Whether it neither drags nor leaps."""
        return self.least >= DEAD and self.largest <= LEAP


def rhythm(films: Sequence[Film], timeline: Timeline) -> Rhythm:
    """The rhythm of a clip that shows films on a timeline; even where nothing ever changes."""
    total = np.sum([cumulative_change(film.spline, film.data.x, film.data.y) for film in films], axis=0)
    moves = np.flatnonzero(np.diff(timeline.shares) > 0)
    behind = np.append(total[moves], total[moves[-1] + 1])
    whole, step = behind[-1] - behind[0], np.diff(behind)
    if not whole > ROUNDING:
        return Rhythm(1.0, 1.0)
    frames = min(round(STRETCH * films[0].fps), len(step))
    return Rhythm(
        float(np.min(behind[frames:] - behind[:-frames]) / whole),
        float(np.divide(step.max(), np.median(step), where=np.median(step) > 0, out=np.array(np.inf))),
    )
