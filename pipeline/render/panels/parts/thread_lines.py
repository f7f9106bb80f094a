"""Threads: breakpoints as lines that fall through training time, in the hue of their bend, the stronger the wider.

All is drawn for the whole clip, for a history to cut at the front.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from pipeline.render.drawing.steady import stretches
from pipeline.render.drawing.theme import Style, hue
from pipeline.render.panels.parts.holds import Holds

CLASSES = (0.0, 0.08, 0.35)  # shares of the largest |sμ| at which the classes of strength begin
WIDTHS = (0.6, 0.9, 1.5)  # of each class, in strokes
OPACITIES = (0.6, 0.8, 1.0)
HELD, FAINTLY_HELD = 2.8, 1.6  # widths of a held stretch whose bend one sees, or does not, in strokes
FAR = 10.0  # widths of the axes beyond which a path is cut: renderers have no room for infinity
BAND = 0.3  # opacity of a band


@dataclass(frozen=True)
class Threads:
    """Paths to draw at M moments, of K neurons.

    place: (M,) where training time stands; x: (M, K) breakpoints, NaN where a path is broken; spread: (M, K) how far
    they jump about x, zero where they do not; jump: (M, K) slope jumps; held: (M, K) bool.
    """

    place: np.ndarray
    x: np.ndarray
    spread: np.ndarray
    jump: np.ndarray
    held: np.ndarray


def free_lines(axes: Axes, style: Style, threads: Threads, largest: float) -> list[Artist]:
    """The free stretches, a collection for each class of strength and hue, the strong ones on top.

    largest: |sμ| of full strength.
    """
    strength = np.digitize(np.abs(threads.jump) / largest, CLASSES[1:])
    rising, free = threads.jump >= 0, ~threads.held
    lines: list[Artist] = []
    for k, up in product(range(len(CLASSES)), (False, True)):
        wanted = free & (rising == up) & (strength == k)
        drawn = wanted.copy()
        drawn[1:] |= wanted[:-1]  # a stretch reaches to where the next begins
        drawn[:-1] |= wanted[1:] & threads.held[:-1]  # and from where a hold ends
        look = {"colors": [style.rgba(hue(bool(up)), OPACITIES[k])], "linewidths": WIDTHS[k] * style.stroke}
        lines.append(_lines(axes, np.where(drawn, threads.x, np.nan), threads.place, zorder=2 + 0.1 * k, **look))
    return lines


def held_lines(axes: Axes, style: Style, holds: Holds, place: np.ndarray) -> list[Artist]:
    """A thick line at each sample while it holds knots, in the hue of what they bend together.

    place: (M,) where the moments stand.
    """
    rising = holds.jump >= 0
    lines: list[Artist] = []
    for strong, up in product((False, True), (False, True)):
        wanted = holds.held & (holds.strong == strong) & (rising == up)
        drawn = wanted.copy()
        drawn[1:] |= wanted[:-1] & holds.held[1:]
        x = np.where(drawn, holds.places, np.nan)
        look = {"colors": [style.rgba(hue(bool(up)))], "linewidths": (HELD if strong else FAINTLY_HELD) * style.stroke}
        lines.append(_lines(axes, x, place, zorder=3 + 0.1 * strong, **look))
    return lines


def _lines(axes: Axes, x: np.ndarray, place: np.ndarray, **look: Any) -> LineCollection:
    """Lines through x (M, K) at heights place (M,), broken at NaN."""
    paths = [np.column_stack([path, place]) for path in x.T[np.isfinite(x).any(axis=0)]]
    lines = LineCollection(paths, capstyle="butt", **look)
    axes.add_collection(lines, autolim=False)
    return lines


def bands(axes: Axes, style: Style, threads: Threads) -> list[Artist]:
    """How far paths jump about their means: a band behind each, those of a hue one shape, as strong where they meet."""
    outlines: dict[bool, list[np.ndarray]] = {False: [], True: []}
    for x, spread, jump in zip(threads.x.T, threads.spread.T, threads.jump.T, strict=True):
        for piece in _pieces(np.isfinite(x)):
            left, right = (np.column_stack([side[piece], threads.place[piece]]) for side in (x - spread, x + spread))
            outlines[bool(np.sum(jump[piece]) >= 0)].append(np.vstack([left, right[::-1], left[:1]]))
    shapes: list[Artist] = []
    for rising, rings in outlines.items():
        if rings:
            shape = Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))
            ink = style.rgba(hue(rising), BAND)
            shapes.append(axes.add_patch(PathPatch(shape, facecolor=ink, linewidth=0, zorder=1)))
    return shapes


def _pieces(finite: np.ndarray) -> list[slice]:
    """Runs of at least two numbers among flags (M,)."""
    return [slice(start, stop) for start, stop in stretches(finite) if stop - start > 1]
