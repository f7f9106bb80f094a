"""One neuron of a network as it is: v·relu(wx + b), a hinge; drawn where a clip's opening shows what it is made of."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from pipeline.render.drawing.theme import Style, hue
from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.film import Film
from pipeline.render.film.limits import within

INNER = 0.15  # of the axis at each side, in which the hinge that is shown does not lie
LEAST = 0.3  # of the panel's height that it rises at least, enlarged if it must be
WIDTH = 1.8  # of the line, in strokes


class Hinge:
    """The neuron that bends most at the start, among those well in sight. ink: a colour of the theme's."""

    def __init__(self, axes: Axes, film: Film, limits: Limits, style: Style):
        self.style = style
        low, high = limits.x
        inner = INNER * (high - low)
        weight = np.where(within(film.beta[0], (low + inner, high - inner)), np.abs(film.jump[0]), -1.0)
        neuron = int(np.argmax(weight))
        self.beta, self.jump = float(film.beta[0, neuron]), float(film.jump[0, neuron])
        self.ink, self.there = hue(self.jump > 0), bool(weight[neuron] > 0)
        right = film.orientation[0, neuron] > 0
        self.end = high if right else low
        self.base = float(film.data.y_axis.to_user(np.zeros(1))[0])
        rise = abs(float(film.mu[0, neuron]) * (self.end - self.beta))
        self.factor = _enlarged(rise, LEAST * (limits.y[1] - limits.y[0])) if self.there else 1.0
        self.top = self.base + self.factor * float(film.mu[0, neuron]) * (self.end - self.beta)
        x = [low if right else high, self.beta, self.end]
        ink, width = getattr(style.theme, self.ink), WIDTH * style.stroke
        self.line = Line2D(x, [self.base, self.base, self.top], color=ink, lw=width, zorder=6)
        axes.add_line(self.line)

    @property
    def words(self) -> str:
        """What it is."""
        say = self.style.say
        return say("story.neuron") if self.factor == 1 else say("story.enlarged", factor=f"{self.factor:,.0f}")

    def at(self, share: float) -> tuple[float, float]:
        """A point of what rises, from the knot to the edge."""
        return self.beta + share * (self.end - self.beta), self.base + share * (self.top - self.base)


def _enlarged(rise: float, least: float) -> float:
    """By how much to enlarge what would be too low to see: 1, or a round number."""
    if rise >= least or rise == 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least / rise))
    return next(step * power for step in (1, 2, 5, 10) if step * power * rise >= least * (1 - 1e-9))
