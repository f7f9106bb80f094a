"""Which signs occur in a clip: a key that explains others is read for nothing."""

import numpy as np

from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.film import Film
from pipeline.render.film.limits import within

VISIBLE = 0.02  # of the largest slope jump: what a knot makes of the curve before one sees it
MANY = 40  # distinct samples from which on they are small signs, and ticks at the edge instead of rulings
ALWAYS = "network", "jitter", "side"


def occurring(film: Film, limits: Limits) -> set[str]:
    """The entries of the key (drawing/key.py) that a film calls for, some of which a panel may draw."""
    inside = within(film.beta, limits.x)
    jump = np.where(inside, film.jump, 0.0)
    seen = np.abs(jump) >= VISIBLE * limits.largest_jump
    found = {"rising": seen & (jump > 0), "falling": seen & (jump < 0), "held": seen & film.held}
    found |= {"thread_up": jump > 0, "thread_down": jump < 0, "thick": inside & film.held}  # drawn however faint
    samples = "sample" if are_few(film) else "samples"
    known = {name for name, quantity in (("test", "test_x"), ("teacher", "teacher_x")) if film.has(quantity)}
    return {*ALWAYS, *known, samples, film.time.scale, *(name for name, where in found.items() if where.any())}


def are_few(film: Film) -> bool:
    """Whether a film's distinct samples are few enough for a large sign and a ruling each."""
    return len(np.unique(film.x)) < MANY
