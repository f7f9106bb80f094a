"""The second derivative of the function: at each knot a stem as long as the slope jump, f'' = Σ sμ δ(x − β)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from pipeline.render.drawing.knot_merging import SAME_PLACE, merge_near
from pipeline.render.drawing.marks import DIAMOND, Marks, area_scale
from pipeline.render.film.clip_limits import largest_jump_of
from pipeline.render.film.film import Film, slope_unit
from pipeline.render.film.limits import Span, within
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.broken_lines import broken

HUES = "falling", "rising"


class JumpsPanel(Panel):
    """Slope jumps over input; neurons at one place are one stem. Runs beside each other stand on one scale."""

    explains = "rising", "falling", "held"

    @classmethod
    def spans(cls, film: Film, options: Mapping[str, Any], x: Span) -> dict[str, Span]:
        return {"jump": (0.0, largest_jump_of(film, x))}

    def draw_still(self) -> None:
        axes, film, style = self.axes, self.film, self.style
        unit = slope_unit(film.data.x_axis, film.data.y_axis)
        self.heading(style.say("panels.jumps"), "$f''$", unit=unit)
        reach = 1.25 * self.limits.spans["jump"][1]
        axes.set_ylim(-reach, reach)
        axes.axhline(0, color=style.theme.rule, lw=style.stroke, zorder=0.5)
        self.stems = [axes.plot([], [], color=style.rgba(hue), lw=1.2 * style.stroke)[0] for hue in HUES]
        self.area = 0.3 * area_scale(1.0, film.neurons, style).largest
        self.marks = Marks(axes, style)
        self.marks.set_zorder(5)
        self.moving = [*self.stems, self.marks]

    def show(self, frame: int) -> None:
        film = self.film
        low, high = self.limits.x
        inside = within(film.beta[frame], self.limits.x)
        x, jump, held = (part[frame, inside] for part in (film.beta, film.jump, film.held))
        knots = merge_near(x, jump, held, SAME_PLACE * (high - low) / self.axes.bbox.width)
        for stem, which in zip(self.stems, (knots.jump < 0, knots.jump >= 0), strict=True):
            x, jump = knots.x[which], knots.jump[which]
            stem.set_data(broken(x, x), broken(0 * x, jump))
        seen = self.window.holds(knots.x, knots.jump)
        looks = np.full(len(knots.x), self.area), np.full(len(knots.x), DIAMOND), knots.jump, knots.held
        self.marks.show(*(part[seen] for part in (knots.x, knots.jump, *looks)))
