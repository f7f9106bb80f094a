"""Marks and strokes filled straight into a frame: at 10 µs each Matplotlib spends a third of its time on a thousand.

A mark is a convex polygon inside a rim. Coverage falls from 1 to 0 over the one pixel about an edge, measured by the
distance to the nearest one; rims have sharp corners. Under them may be nothing: as in Agg's own frames, colours are
straight, not multiplied by the fourth channel, which is how much of them there is.
"""

import math

import numpy as np

from pipeline.compiled import compiled, inner


@compiled
def fill_marks(
    frame: np.ndarray,
    places: np.ndarray,
    area: np.ndarray,
    shape: np.ndarray,
    hue: np.ndarray,
    rims: np.ndarray,
    hues: np.ndarray,
    rim_colours: np.ndarray,
    corners: np.ndarray,
    shapes: np.ndarray,
    edges: np.ndarray,
) -> None:
    """Fill K marks, in order, into `frame` (height, width, 4) uint8.

    places: (K, 2) float64, centres in px from the bottom left; area: (K,) float64, px²; shape, hue: (K,) int, index of
    shapes and of hues; rims: (K, 2) float64, px, width of the rim, and how far a halo reaches that lies under it, 0 for
    none; hues: (H, 3) float64, 0 to 255; rim_colours: (2, 3) likewise, of rim and halo; corners: (S,) number of corners
    of each shape; shapes: (S, V, 2) corners of shapes of size 1, counterclockwise with y upwards; edges: (V, 3)
    float64, scratch.
    """
    for k in range(len(places)):
        count = corners[shape[k]]
        reach = set_edges(math.sqrt(area[k]), shapes[shape[k]], count, edges)
        x, y = places[k, 0], len(frame) - places[k, 1]
        if rims[k, 1] > 0.0:
            fill_mark(frame, x, y, reach, edges[:count], rims[k, 1], hues[hue[k]], rim_colours[1])
        fill_mark(frame, x, y, reach, edges[:count], rims[k, 0], hues[hue[k]], rim_colours[0])


@inner
def fill_mark(
    frame: np.ndarray,
    x: float,
    y: float,
    reach: float,
    edges: np.ndarray,
    rim: float,
    colour: np.ndarray,
    rim_colour: np.ndarray,
) -> None:
    """Fill one, its centre x, y px from the top left, from which its corners are as far as `reach`."""
    height, width = frame.shape[:2]
    reach += 2.0 * rim + 1.0  # a corner of 60° reaches twice the rim's width further
    for row in range(max(int(y - reach), 0), min(int(y + reach) + 2, height)):
        for column in range(max(int(x - reach), 0), min(int(x + reach) + 2, width)):
            u, w = column + 0.5 - x, row + 0.5 - y
            distance = -1e9
            for i in range(len(edges)):
                distance = max(distance, edges[i, 0] * u + edges[i, 1] * w - edges[i, 2])
            outer = min(max(rim + 0.5 - distance, 0.0), 1.0)
            if outer == 0.0:
                continue
            inside = min(max(0.5 - distance, 0.0), 1.0)
            blend(frame[row, column], outer, inside, rim_colour, colour)


@compiled
def stamp(frame: np.ndarray, left: np.ndarray, top: np.ndarray, cover: np.ndarray, colour: np.ndarray) -> None:
    """Lay one shape in K places, in order, on `frame` (height, width, 4) uint8, byte for byte as Agg does.

    left, top: (K,) int, the column and the row of its first pixel; cover: (R, C) uint8, how much of each of its pixels
    it covers; colour: (3,) uint8.
    """
    height, width = frame.shape[:2]
    for k in range(len(left)):
        for i in range(max(-top[k], 0), min(cover.shape[0], height - top[k])):
            for j in range(max(-left[k], 0), min(cover.shape[1], width - left[k])):
                if cover[i, j] > 0:
                    lay(frame[top[k] + i, left[k] + j], int(cover[i, j]), colour)


@inner
def lay(pixel: np.ndarray, cover: int, colour: np.ndarray) -> None:
    """Lay a colour (3,) uint8 that covers so much of a pixel (4,) uint8, 1 to 255, over what is there."""
    below = int(pixel[3])
    whole = ((cover + below) << 8) - cover * below
    for c in range(3):
        part = int(pixel[c]) * below
        mixed = (((int(colour[c]) << 8) - part) * cover + (part << 8)) // whole
        pixel[c] = colour[c] if cover == 255 else mixed
    pixel[3] = whole >> 8


@compiled
def fill_strokes(
    frame: np.ndarray, left: np.ndarray, top: np.ndarray, bottom: np.ndarray, width: int, colours: np.ndarray
) -> None:
    """Fill K upright strokes, in order, into `frame` (height, width, 4) uint8.

    left, top, bottom: (K,) the first column, the first row from above, the row behind the last; colours: (K, 4) uint8.
    """
    for k in range(len(left)):
        for row in range(max(top[k], 0), min(bottom[k], frame.shape[0])):
            for column in range(max(left[k], 0), min(left[k] + width, frame.shape[1])):
                for c in range(4):
                    frame[row, column, c] = colours[k, c]


@inner
def blend(pixel: np.ndarray, outer: float, inside: float, rim_colour: np.ndarray, colour: np.ndarray) -> None:
    """Lay a rim that covers `outer` of a pixel (4,), and on it a colour that covers `inside`, over what is there."""
    if inside == 1.0:
        below, around = 0.0, 0.0
    else:
        below, around = (1.0 - outer) * (1.0 - inside) * pixel[3] * (1 / 255), outer * (1.0 - inside)
    cover = below + around + inside
    if cover < 0.5 / 255.0:
        return  # it stays bare, which has a colour of its own, see Canvas.draw_plain
    for c in range(3):
        value = below * pixel[c] + around * rim_colour[c] + inside * colour[c]
        pixel[c] = int(value * (1.0 / cover) + 0.5)
    pixel[3] = int(255.0 * cover + 0.5)


@inner
def set_edges(size: float, shape: np.ndarray, count: int, edges: np.ndarray) -> float:
    """Set edges (V, 3) to the outward normals and offsets, in px downwards, of a shape's sides; how far a corner is.

    size: px; shape: (V, 2) its corners at size 1, of which the first `count` count.
    """
    reach = 0.0
    for i in range(count):
        px, py = size * shape[i, 0], -size * shape[i, 1]
        j = (i + 1) % count
        dx, dy = size * shape[j, 0] - px, -size * shape[j, 1] - py
        length = math.sqrt(dx * dx + dy * dy)
        edges[i, 0], edges[i, 1] = -dy / length, dx / length
        edges[i, 2] = edges[i, 0] * px + edges[i, 1] * py
        reach = max(reach, math.sqrt(px * px + py * py))
    return reach
