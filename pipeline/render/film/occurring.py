"""Which signs occur in a clip: a key that explains others is read for nothing."""

from collections.abc import Mapping

import numpy as np

from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.film import Film
from pipeline.render.film.limits import within

VISIBLE = 0.02  # of the largest slope jump: what a knot makes of the curve before one sees it
MANY = 40  # distinct samples from which on they are small signs, and ticks at the edge instead of rulings
ALWAYS = "network", "jitter", "side"
KNOWN = {"test": "test_x", "teacher": "teacher_x", "optimum": "optimum_knot"}  # by the quantities of films that know it


def occurring(film: Film, limits: Limits) -> set[str]:
    """The entries of the key (drawing/key.py) that a film calls for, some of which a panel may draw."""
    inside = within(film.beta, limits.x)
    up, down = inside & (film.jump > 0), inside & (film.jump < 0)
    faint = {"thread_up": up, "thread_down": down, "thick": inside & film.held}  # drawn however faint
    found = {**of_knots(film, limits), **faint}
    samples = "sample" if are_few(film) else "samples"
    known = {name for name, quantity in KNOWN.items() if film.has(quantity)}
    if film.of_labels:
        known.add("boundary")
    return {*ALWAYS, *known, samples, film.time.scale, *(name for name, where in found.items() if where.any())}


def of_knots(film: Film, limits: Limits) -> Mapping[str, np.ndarray]:
    """By entry of the key, (F, m) whether a neuron in sight shows it by a bend that one sees."""
    jump = np.where(within(film.beta, limits.x), film.jump, 0.0)
    seen = np.abs(jump) >= VISIBLE * limits.largest_jump
    return {"rising": seen & (jump > 0), "falling": seen & (jump < 0), "held": seen & film.held}


def are_few(film: Film) -> bool:
    """Whether a film's distinct samples are few enough for a large sign and a ruling each."""
    return len(np.unique(film.x)) < MANY
