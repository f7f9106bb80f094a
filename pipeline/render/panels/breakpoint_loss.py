"""The loss as one neuron sees it: along its breakpoint, all else as it is now.

Sahs et al. (arXiv:2008.01772) on the loss surface.
"""

import numpy as np

from pipeline.render.drawing.marks import DIAMOND, Marks, area_scale
from pipeline.render.film.limits import log_window, within
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.ring import Ring

JOINT = 0.4  # width of a joint's dot, in text sizes
ROOM = -0.12, 1.08  # what a zoomed axis shows, of the way from the lowest to the highest


class BreakpointLossPanel(Panel):
    """Loss over β of the chosen neuron; rulings at the samples, where it may have kinks.

    With `zoom` every moment goes from its own lowest to its own highest, evenly and without numbers, and the joints of
    its pieces are dots: the pieces are seen at any size of the loss.
    """

    explains = "rising", "falling", "held"

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        self.heading(style.say("panels.loss_along", neuron=film.ordinal), style.say("panels.loss_along_short"))
        self.grid, self.course = film.quantity("grid")[0], film.losses("loss_along_breakpoint")
        self.places = np.unique(film.x)
        self.zoom = self.options["zoom"]
        if self.zoom:
            self.course, self.ends = zoomed(self.course, within(self.grid, self.limits.x)), ROOM
        else:
            self.ends = log_window(self.course[:, within(self.grid, self.limits.x)], decades=12)
            axes.set_yscale("log")
        axes.set_ylim(*self.ends)
        axes.vlines(self.places, *self.ends, color=style.theme.rule, lw=0.6 * style.stroke, zorder=0.5)
        (self.curve,) = axes.plot([], [], color=style.theme.foreground, lw=1.6 * style.stroke)
        (self.joints,) = axes.plot([], [], "o", ls="none", ms=JOINT * style.text, color=style.theme.foreground)
        self.mark = Marks(axes, style)
        self.mark.set_zorder(5)
        self.area = np.array([area_scale(1.0, 60, style).largest])
        self.ring = Ring(axes, film, style)
        self.moving = [self.curve, self.joints, self.mark, self.ring.line]

    def lay_up(self) -> None:
        if self.zoom:
            self.axes.set_yticks([])
        else:
            self.few_log_ticks(*self.ends)

    def show(self, frame: int) -> None:
        film, neuron = self.film, np.array([self.film.chosen])
        self.curve.set_data(self.grid, self.course[frame])
        if self.zoom:
            self.joints.set_data(self.places, np.interp(self.places, self.grid, self.course[frame]))
        beta = film.beta[frame, neuron]
        height = np.interp(beta, self.grid, self.course[frame])
        seen = self.window.holds(beta, height)
        looks = self.area, np.array([DIAMOND]), film.jump[frame, neuron]
        self.mark.show(*(part[seen] for part in (beta, height, *looks, film.held[frame, neuron])))
        self.ring.show(neuron[seen], beta[seen], height[seen])


def zoomed(course: np.ndarray, shown: np.ndarray) -> np.ndarray:
    """Curves (F, P) as shares of the way from the lowest to the highest of what each has at the points shown (P,)."""
    low = course[:, shown].min(axis=1, keepdims=True)
    height = course[:, shown].max(axis=1, keepdims=True) - low
    return np.asarray(np.divide(course - low, height, out=np.zeros_like(course), where=height > 0))
