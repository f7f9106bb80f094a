"""The loss as one neuron sees it: along its breakpoint, all else as it is now.

Sahs et al. (arXiv:2008.01772) on the loss surface.
"""

import numpy as np

from pipeline.render.drawing.marks import DIAMOND, Marks, area_scale
from pipeline.render.film.limits import log_window, within
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.ring import Ring


class BreakpointLossPanel(Panel):
    """Loss over β of the chosen neuron; rulings at the samples, where it may have kinks."""

    explains = "rising", "falling", "held"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.heading(f"loss if neuron {film.ordinal}, the ringed one, stood at $\\beta$", "loss over $\\beta$")
        self.grid, self.course = film.quantity("grid")[0], film.losses("loss_along_breakpoint")
        self.ends = log_window(self.course[:, within(self.grid, self.limits.x)], decades=12)
        axes.set_yscale("log")
        axes.set_ylim(*self.ends)
        axes.vlines(np.unique(film.x), *self.ends, color=style.theme.rule, lw=0.6 * style.stroke, zorder=0.5)
        (self.curve,) = axes.plot([], [], color=style.theme.foreground, lw=1.6 * style.stroke)
        self.mark = Marks(axes, style)
        self.mark.set_zorder(5)
        self.area = np.array([area_scale(1.0, 60, style).largest])
        self.ring = Ring(axes, film, style)
        self.moving = [self.curve, self.mark, self.ring.line]

    def lay_up(self) -> None:
        self.few_log_ticks(*self.ends)

    def show(self, frame: int) -> None:
        film, neuron = self.film, np.array([self.film.chosen])
        self.curve.set_data(self.grid, self.course[frame])
        beta = film.beta[frame, neuron]
        height = np.interp(beta, self.grid, self.course[frame])
        seen = self.window.holds(beta, height)
        looks = self.area, np.array([DIAMOND]), film.jump[frame, neuron]
        self.mark.show(*(part[seen] for part in (beta, height, *looks, film.held[frame, neuron])))
        self.ring.show(neuron[seen], beta[seen], height[seen])
