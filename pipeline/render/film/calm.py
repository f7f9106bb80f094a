"""A run that noise makes tremble, as a running mean of itself, and how far the run strays from it.

Noise on labels or batches moves all knots a little from frame to frame, a hundred times the flicker of other clips, and
hides where they go.
"""

from dataclasses import replace

import numpy as np

from pipeline.render.film.film import Film
from pipeline.render.film.limits import padded, within
from pipeline.render.film.running_mean import SECONDS, TREMBLING, running_mean, trembling

LOOKED_AT = 60  # neurons, those of the largest |sμ|
LONGEST = 0.25  # of the clip: a mean over more would hide how it goes
SEEN = 0.05  # of the samples' range, by which it is widened where neurons are looked at


def calmed(film: Film) -> Film:
    """The film itself, or where it trembles one whose spline is the running mean over half a second of video."""
    if not trembles(film):
        return film
    spline, frames = film.spline, round(SECONDS * film.fps)
    lines = spline.left_slope, spline.left_intercept
    slope, intercept = (running_mean(line[:, None], frames)[0][:, 0] for line in lines)
    beta, mu = (running_mean(part, frames)[0] for part in (spline.breakpoint, spline.delta_slope))
    beta = np.where(np.isfinite(spline.breakpoint), beta, spline.breakpoint)
    means = replace(spline, breakpoint=beta, delta_slope=mu, left_slope=slope, left_intercept=intercept)
    return film.with_spline(means)


def trembles(film: Film) -> bool:
    """Whether breakpoints among the samples jump from frame to frame, as noise makes them; no in a short clip."""
    frames = round(SECONDS * film.fps)
    if len(film.moments) * LONGEST < frames:
        return False
    limits = padded(film.x[0], film.x[-1], SEEN)
    seen = np.where(within(film.beta, limits), np.abs(film.jump), 0.0).max(axis=0)
    paths = film.path[np.ix_(film.moments, np.argsort(-seen, kind="stable")[:LOOKED_AT])]
    inside = within(paths, limits)
    means = running_mean(paths, frames)[0]
    return trembling(*(np.where(inside, path, np.nan) for path in (paths, means))) > TREMBLING


def straying(film: Film, x: np.ndarray) -> np.ndarray:
    """(F, P) how far f at user x (P,) jumps about its running mean: standard deviations."""
    values = np.stack([film.evaluate(frame, x) for frame in range(len(film.t))])
    return running_mean(values, round(SECONDS * film.fps))[1]
