"""The flow over a neuron's plane as short arrows: where a neuron standing there would go now."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from pipeline.render.drawing.theme import Style
from pipeline.render.film.film import Film
from pipeline.render.panels.parts.broken_lines import broken
from pipeline.render.panels.parts.plane_axis import PlaneAxis

SPACING, LENGTH = 2.6, 1.9  # distance of arrows, and length of the longest, in text sizes
BARB, SPREAD = 0.34, 0.5  # length of a barb, share of its arrow, and its angle, radians
SOFTENED = 0.4  # lengths are speeds to this power: speeds differ by decades

Points = tuple[np.ndarray, np.ndarray]  # x and y of each


class Field:
    """Arrows of (β', μ') for neurons like the chosen one, at the frame's residuals. Lengths compare in one frame only.

    plane: the vertical axis. One line for all: shaft, barb, barb, gap.
    """

    def __init__(self, axes: Axes, film: Film, style: Style, plane: PlaneAxis):
        self.axes, self.style, self.plane = axes, style, plane
        self.beta, self.mu = film.quantity("grid")[0], film.quantity("delta_slope_grid")[0]
        self.velocity = film.quantity("vector_field")
        self.line = Line2D([], [], color=style.rgba("data", 0.6), lw=0.7 * style.stroke, zorder=1)
        axes.add_line(self.line)
        self.line.set_transform(axes.transData - axes.transData)  # pixels
        self.line.set_clip_path(axes.patch)

    def settle(self) -> None:
        """Choose the points that stand SPACING apart, once the axes' size in pixels is final."""
        at = self.axes.transData.transform
        box, gap = self.axes.bbox, SPACING * self.style.text
        x, y = at(np.column_stack([self.beta, 0 * self.beta]))[:, 0], at(np.column_stack([0 * self.mu, self.mu]))[:, 1]
        self.columns, self.rows = spaced(x, box.x0, box.x1, gap), spaced(y, box.y0, box.y1, gap)
        self.x, self.y = (part.ravel() for part in np.meshgrid(x[self.columns], y[self.rows]))
        self.scale = (x[-1] - x[0]) / (self.beta[-1] - self.beta[0]), (y[-1] - y[0]) / (self.mu[-1] - self.mu[0])

    def show(self, frame: int) -> None:
        """Bring the arrows to a frame."""
        sign = self.plane.sign(frame)
        along, up = (part[::sign][self.rows][:, self.columns].ravel() for part in self.velocity[frame])
        u, v = self.scale[0] * along, self.scale[1] * sign * up
        speed = np.hypot(u, v)
        most = np.quantile(speed, 0.95) if speed.any() else 1.0
        length = LENGTH * self.style.text * np.minimum(speed / most, 1.0) ** SOFTENED
        self.line.set_data(*arrows(self.x, self.y, np.arctan2(v, u), length))


def arrows(x: np.ndarray, y: np.ndarray, angle: np.ndarray, length: np.ndarray) -> Points:
    """One line of arrows about middles x, y (K,): shaft, barb, barb, gap each."""
    middle = x, y
    tip, tail = _ahead(middle, angle, 0.5 * length), _ahead(middle, angle, -0.5 * length)
    barbs = [_ahead(tip, angle + np.pi + turn, BARB * length) for turn in (SPREAD, -SPREAD)]
    strokes = tail, tip, barbs[0], tip, barbs[1]
    across, up = (broken(*(corner[i] for corner in strokes)) for i in (0, 1))
    return across, up


def spaced(places: np.ndarray, low: float, high: float, gap: float) -> np.ndarray:
    """Indices of the places (P,), ascending, nearest to points `gap` apart in the middle of low to high."""
    count = max(int((high - low) / gap), 1)
    wanted = low + (high - low) * (np.arange(count) + 0.5) / count
    wanted = wanted[(wanted >= places[0]) & (wanted <= places[-1])]
    return np.unique(np.abs(places[:, None] - wanted).argmin(axis=0))


def _ahead(point: Points, angle: np.ndarray, length: np.ndarray) -> Points:
    return point[0] + length * np.cos(angle), point[1] + length * np.sin(angle)
