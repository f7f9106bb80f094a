"""Neurons in reduced coordinates: |v|(w, b), whose angle says where the breakpoint is and whose length how strong.

Williams et al. (arXiv:1906.07842, section 3): a sample x is a line through 0, on which w x + b = 0; a neuron that it
holds moves along it, and towards 0 a neuron dies. Unlike (β, μ) these are regular where w goes through 0.
"""

import numpy as np
from matplotlib.collections import LineCollection

from pipeline.render.limits import robust_reach
from pipeline.render.marks import BY_ORIENTATION, Marks, area_scale
from pipeline.render.panels.base import Panel
from pipeline.render.panels.edges import EdgeCounts

MOST_RAYS = 60  # samples' lines: more would close to a disk


class PolarPanel(Panel):
    """The plane of |v|(w, b), as many units wide as high."""

    across = "own"
    explains = "side", "sign", "size", "held", "outside"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.heading("neurons as $|v|\\,(w, b)$, a line per sample", "$|v|\\,(w, b)$")
        radius, angle = np.abs(film.quantity("polar_radius")), film.quantity("polar_angle")
        self.w, self.b = radius * np.cos(angle), radius * np.sin(angle)
        peers = [np.abs(peer.quantity("polar_radius")) for peer in film.peers]
        self.reach = 1.08 * float(np.median([robust_reach(values) for values in peers]))
        axes.set_ylim(-self.reach, self.reach)
        self.scale = area_scale(film.largest_jump, film.neurons, style)
        self.trails = [self._trail(hue) for hue in ("falling", "rising")]
        self.marks = Marks(axes, style)
        self.marks.set_zorder(5)
        self.counts = EdgeCounts(axes, style, ("top", "bottom", "left", "right"))
        self.moving = [*self.trails, self.marks, *self.counts.artists]

    def _trail(self, hue: str):
        style = self.style
        return self.axes.plot([], [], color=style.rgba(hue, style.theme.trail_opacity), lw=style.stroke)[0]

    def lay_up(self) -> None:
        self.axes.set_yticks([])

    def lay_own(self) -> None:
        self.axes.set_xticks([])

    def settle(self) -> None:
        super().settle()
        axes, box = self.axes, self.axes.bbox
        axes.set_xlim(-self.reach * box.width / box.height, self.reach * box.width / box.height)
        x = np.unique(self.film.data.x)
        x = x[:: -(-len(x) // MOST_RAYS)]
        far = 2 * self.reach * (1 + box.width / box.height)
        way = far * np.column_stack([np.ones(len(x)), -x]) / np.hypot(1, x)[:, None]
        look = {"colors": self.style.theme.rule, "linewidths": self.style.stroke, "zorder": 0.5}
        axes.add_collection(LineCollection(np.stack([-way, way], axis=1), **look), autolim=False)

    def show(self, frame: int) -> None:
        film = self.film
        w, b, jump = self.w[frame], self.b[frame], film.jump[frame]
        wide, high = self.axes.get_xlim()[1], self.reach
        seen = (np.abs(w) <= wide) & (np.abs(b) <= high)
        parts = w, b, self.scale(jump), BY_ORIENTATION[film.orientation[frame]], jump, film.held[frame]
        self.marks.show(*(part[seen] for part in parts))
        window = slice(max(0, frame - film.trail), frame + 1)
        for trail, which in zip(self.trails, (jump < 0, jump >= 0), strict=True):
            past = [np.vstack([v[window][:, which], np.full(np.sum(which), np.nan)]) for v in (self.w, self.b)]
            trail.set_data(*(part.T.ravel() for part in past))
        self.counts.show(w, b)
