"""What the function misses: the residual f(xₙ) − yₙ at every sample, as a stem.

With the option `pieces` a bar for every piece, at the mean of its residuals: where learning ends, all are at 0, since
the residuals of every piece that neurons tell apart sum to 0 (Sahs et al., arXiv:2008.01772, on critical points).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span, robust_reach
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.broken_lines import broken


class ResidualsPanel(Panel):
    """Residuals over input."""

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        return {"residual": (0.0, robust_reach(film.quantity("residual"), share=0.98))}

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        long, short = style.say("panels.residual"), style.say("panels.residual_short")
        bars = style.say("panels.means") if self.options["pieces"] else ""
        self.heading(long + bars, short + bars, short, unit=film.data.y_axis.unit)
        self.residual = film.quantity("residual")
        reach = 1.06 * self.limits.spans["residual"][1]
        axes.set_ylim(-reach, reach)
        axes.axhline(0, color=style.theme.rule, lw=style.stroke, zorder=0.5)
        width = min(1.2, 60 / len(film.x)) * style.stroke
        ink = style.theme.foreground
        (self.stems,) = axes.plot([], [], color=ink, lw=max(width, 0.6 * style.stroke))
        (self.heads,) = axes.plot([], [], "o", color=ink, ms=max(2.6 * width, 1.6 * style.stroke), mew=0)
        self.moving = [self.stems, self.heads]
        if self.options["pieces"]:
            self.pieces, self.distinct = film.quantity("piece_index"), np.unique(film.x, return_inverse=True)
            ink, width = style.theme.muted, 2.4 * style.stroke
            (self.bars,) = axes.plot([], [], color=ink, lw=width, solid_capstyle="butt", zorder=1.5)
            self.moving.append(self.bars)

    def show(self, frame: int) -> None:
        x, residual = self.film.x, self.residual[frame]
        inside = self.window.holds(x, residual)
        self.stems.set_data(broken(x, x), broken(np.zeros(len(x)), residual))
        self.heads.set_data(x[inside], residual[inside])
        if self.options["pieces"]:
            self._show_bars(frame)

    def _show_bars(self, frame: int) -> None:
        """A bar from halfway to the piece before to halfway to the one behind, broken between pieces."""
        (x, row), index = self.distinct, self.pieces[frame]
        mean = np.bincount(index[row], self.residual[frame]) / np.bincount(index[row])
        cuts = np.flatnonzero(np.diff(index))
        ends = np.concatenate([[x[0]], np.repeat(0.5 * (x[cuts] + x[cuts + 1]), 2), [x[-1]]]).reshape(-1, 2)
        self.bars.set_data(broken(*ends.T), broken(mean, mean))
