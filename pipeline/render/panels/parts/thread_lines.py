"""Threads: breakpoints as lines that fall through training time, in the hue of their bend, the stronger the wider.

All is drawn for the whole clip, for a history to cut at the front.
"""

from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film
from pipeline.render.panels.parts.rulings import holding

CLASSES = (0.0, 0.08, 0.35)  # shares of the largest |sμ| at which the classes of strength begin
WIDTHS = (0.6, 0.9, 1.4)  # of each class, in strokes
OPACITIES = (0.4, 0.7, 0.95)
HELD = 2.6  # width of a held stretch, in strokes
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
    rising = threads.jump >= 0
    return [
        _stretches(axes, style, threads, ~threads.held & (rising == up) & (strength == k), bool(up), k)
        for k, up in product(range(len(CLASSES)), (False, True))
    ]


def _stretches(
    axes: Axes, style: Style, threads: Threads, wanted: np.ndarray, rising: bool, strength: int
) -> LineCollection:
    drawn = wanted.copy()
    drawn[1:] |= wanted[:-1]  # a stretch reaches to where the next begins
    x = np.where(drawn, threads.x, np.nan)
    lines = LineCollection(
        [np.column_stack([path, threads.place]) for path in x.T[drawn.any(axis=0)]],
        colors=[style.rgba("rising" if rising else "falling", OPACITIES[strength])],
        linewidths=WIDTHS[strength] * style.stroke,
        capstyle="butt",
        zorder=2 + 0.1 * strength,
    )
    axes.add_collection(lines, autolim=False)
    return lines


def held_lines(axes: Axes, style: Style, film: Film, moments: np.ndarray, place: np.ndarray) -> LineCollection:
    """One thick line at each sample while it holds knots, in the hue of what they bend together."""
    segments, hues = [], []
    for (now, following), (start, stop) in zip(pairwise(moments), pairwise(place), strict=True):
        places, jumps = holding(film, now)
        stays = np.isin(places, holding(film, following)[0])
        for x, jump in zip(places[stays], jumps[stays], strict=True):
            segments.append([(x, start), (x, stop)])
            hues.append(style.rgba("rising" if jump >= 0 else "falling"))
    lines = LineCollection(segments, colors=hues, linewidths=HELD * style.stroke, capstyle="butt", zorder=3)
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
            ink = style.rgba("rising" if rising else "falling", BAND)
            shapes.append(axes.add_patch(PathPatch(shape, facecolor=ink, linewidth=0, zorder=1)))
    return shapes


def _pieces(finite: np.ndarray) -> list[slice]:
    """Runs of at least two numbers among flags (M,)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]]).astype(int)))
    return [slice(start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True) if stop - start > 1]
