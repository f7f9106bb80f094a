"""What a beat points at, followed from frame to frame: where it is, how large, and in which ink."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

import numpy as np

from pipeline.render.drawing.axes_artist import KeptTransform
from pipeline.render.drawing.theme import hue
from pipeline.render.film.film import Film
from pipeline.render.film.limits import within
from pipeline.render.film.occurring import VISIBLE
from pipeline.render.film.storyboard import CAUGHT, RANKS, near
from pipeline.render.panels.function import SAMPLE_SIZES, FunctionPanel
from pipeline.render.panels.parts.hinge import Hinge
from pipeline.render.panels.parts.predictions import reference_look

BESIDE = 0.04  # of the axis: knots so near a point of the curve lend it their hue
ONE_SIDED = 0.8  # of all bending there that must be to one side for it
PLACES = 60  # at which a curve is looked at for where to point


class Target(ABC):
    """Something in the function panel. ink: a colour of the theme's; curve: the reference that it is, if it is one."""

    ink = "foreground"
    curve: np.ndarray | None = None

    def __init__(self, panel: FunctionPanel):
        self.panel, self.film, self.style = panel, panel.film, panel.style
        self._to_pixels = KeptTransform(panel.axes.transData)

    @abstractmethod
    def at(self, frame: int) -> tuple[float, float]:
        """Where it is in a frame, in the user's units."""

    def radius(self, frame: int) -> float:
        """How far from its middle it is drawn, px."""
        return self.style.stroke

    def tip(self, frame: int) -> tuple[float, float]:
        """Where it is in a frame, px; at the panel's edge where it is beyond."""
        x, y = self._to_pixels(np.array([self.at(frame)])).tolist()[0]
        (left, low), (right, high) = self.panel.axes.bbox.get_points().tolist()
        return min(max(x, left), right), min(max(y, low), high)

    def height(self, frame: int, x: float) -> float:
        """f at an input."""
        return float(self.film.evaluate(frame, np.array([x]))[0])


class SampleTarget(Target):
    """A sample, in the hue of what it holds."""

    def __init__(self, panel: FunctionPanel, number: int, frame: int):
        super().__init__(panel)
        self.place = float(self.film.x[number - 1]), float(self.film.y[number - 1])
        film = self.film
        held = film.held[frame] & (film.x[film.caught[frame]] == self.place[0])
        if held.any():
            self.ink = hue(bool(film.jump[frame, held].sum() > 0))

    def at(self, frame: int) -> tuple[float, float]:
        return self.place

    def radius(self, frame: int) -> float:
        return SAMPLE_SIZES[0] * self.style.text


class KnotTarget(Target):
    """Neurons that are one knot at a moment, in their hue."""

    def __init__(self, panel: FunctionPanel, which: Any, frame: int):
        super().__init__(panel)
        self.members = knot_members(panel, which, frame)
        self.ink = hue(bool(self.film.jump[frame, self.members].sum() > 0))

    def at(self, frame: int) -> tuple[float, float]:
        there = self.members[np.isfinite(self.film.beta[frame, self.members])]
        x = middle_of(self.film, there, frame) if len(there) else self.panel.limits.x[0]
        return x, self.height(frame, x)

    def radius(self, frame: int) -> float:
        area = float(self.panel.scale(np.array(self.film.jump[frame, self.members].sum())))
        return float(np.sqrt(0.5 * area)) + 3 * self.style.stroke


class PointTarget(Target):
    """A point: on the curve, in the hue of the knots about it, or anywhere."""

    def __init__(self, panel: FunctionPanel, x: float, y: float | None, frame: int):
        super().__init__(panel)
        self.x, self.y = x, y
        if y is None:
            self.ink = _hue_about(panel, x, frame)

    def at(self, frame: int) -> tuple[float, float]:
        return self.x, self.height(frame, self.x) if self.y is None else self.y

    def radius(self, frame: int) -> float:
        return 1.5 * self.style.stroke


class CurveTarget(Target):
    """The network or a reference, where it is farthest from the other curves and from samples."""

    def __init__(self, panel: FunctionPanel, name: str, frame: int):
        super().__init__(panel)
        names = list(panel.options["predictions"])
        x = np.linspace(*panel.limits.x, PLACES + 2)[1:-1]
        curves = {"network": self.film.evaluate(frame, x)}
        for each in names:
            curves[each] = np.interp(x, self.film.quantity("grid")[0], self.film.quantity(each)[frame])
        self.name = name
        if name in names:
            self.ink = reference_look(names.index(name))["ink"]
        apart = [np.abs(curves[name] - values) for other, values in curves.items() if other != name]
        shown = panel.window.holds(x, curves[name])
        gap = np.min(apart, axis=0) if apart else np.min(np.abs(x[:, None] - self.film.x), axis=1)
        self.x = float(x[np.argmax(np.where(shown, gap, -1.0))])

    def at(self, frame: int) -> tuple[float, float]:
        if self.name == "network":
            return self.x, self.height(frame, self.x)
        values = self.film.quantity(self.name)[frame]
        return self.x, float(np.interp(self.x, self.film.quantity("grid")[0], values))


class HingeTarget(Target):
    """The neuron of an opening."""

    def __init__(self, panel: FunctionPanel, hinge: Hinge):
        super().__init__(panel)
        self.hinge, self.ink = hinge, hinge.ink

    def at(self, frame: int) -> tuple[float, float]:
        share = next(
            (share for share in (0.6, 0.4, 0.25) if within(np.array(self.hinge.at(share)[1]), self.panel.limits.y)), 0.1
        )
        return self.hinge.at(share)


def target_of(panel: FunctionPanel, point: Mapping[str, Any], frame: int) -> Target | None:
    """What is pointed at, as it is in a frame; None for nothing in particular."""
    if "sample" in point:
        return SampleTarget(panel, point["sample"], frame)
    if "knot" in point:
        return KnotTarget(panel, point["knot"], frame)
    if "x" in point:
        return PointTarget(panel, float(point["x"]), point.get("y"), frame)
    if "hinge" in point:
        return HingeTarget(panel, point["hinge"])
    if "curve" in point:
        return CurveTarget(panel, point["curve"], frame)
    return None


def knots_in_sight(panel: FunctionPanel, frame: int) -> list[np.ndarray]:
    """The neurons (K,) of each knot that is in sight, from left to right."""
    beta = panel.film.beta[frame]
    order = np.argsort(beta, kind="stable")
    order = order[within(beta[order], panel.limits.x)]
    return np.split(order, np.flatnonzero(~panel.merging.joined(frame, order)) + 1) if len(order) else []


def knot_members(panel: FunctionPanel, which: Any, frame: int) -> np.ndarray:
    """(K,) the neurons of a knot, by rank of its slope jump, by the number of one of them, or the one nearest to x."""
    film, groups = panel.film, knots_in_sight(panel, frame)
    if not groups:
        return np.zeros(1, int)
    if isinstance(which, int):
        return next((group for group in groups if which - 1 in group), np.array([which - 1]))
    jumps = np.array([abs(film.jump[frame, group].sum()) for group in groups])
    if which == CAUGHT:
        return _just_caught(film, groups, frame)
    if which in RANKS:
        ranked: np.ndarray = groups[int(np.argsort(-jumps, kind="stable")[min(RANKS.index(which), len(groups) - 1)])]
        return ranked
    drawn = np.flatnonzero(panel.scale(jumps) > panel.hidden)
    some = drawn if len(drawn) else np.arange(len(groups))
    middles = np.array([middle_of(film, groups[k], frame) for k in some])
    nearest: np.ndarray = groups[some[int(np.argmin(np.abs(middles - (near(which) or 0.0))))]]
    return nearest


def _just_caught(film: Film, groups: list[np.ndarray], frame: int) -> np.ndarray:
    """The knot whose neurons a sample caught last before a frame; of several the one that bends most."""
    past = film.held[frame::-1]
    since = np.where(past.all(axis=0), 0, frame + 1 - np.argmin(past, axis=0))  # the first frame of the last hold
    since = np.where(film.held[frame], since, -1)
    return max(groups, key=lambda group: (since[group].max(), abs(film.jump[frame, group].sum())))


def middle_of(film: Film, members: np.ndarray, frame: int) -> float:
    """Where neurons are as one knot: at the mean of their breakpoints, weighted by their slope jumps."""
    weights = np.abs(film.jump[frame, members]) + 1e-12
    return float(np.sum(film.beta[frame, members] * weights) / np.sum(weights))


def _hue_about(panel: FunctionPanel, x: float, frame: int) -> str:
    """The colour of the bends about an input, where they are seen and to one side; else that of the curve."""
    film, reach = panel.film, BESIDE * (panel.limits.x[1] - panel.limits.x[0])
    jump = film.jump[frame, np.abs(film.beta[frame] - x) <= reach]
    total = float(jump.sum())
    if abs(total) < max(VISIBLE * panel.limits.largest_jump, ONE_SIDED * float(np.abs(jump).sum())):
        return "foreground"
    return hue(total > 0)
