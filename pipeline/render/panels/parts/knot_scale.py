"""How large the knots on the curve are, and which of them are seen: what else speaks of knots keeps to it."""

from dataclasses import replace

from pipeline.render.drawing.marks import AreaScale, area_scale
from pipeline.render.drawing.theme import Style
from pipeline.render.film.clip_limits import Limits

CURVE = 2.2  # width of the function, in strokes


def knot_scale(limits: Limits, neurons: int, style: Style) -> AreaScale:
    """Among many neurons the slightest knots shrink into the stroke: beads would hide the curve they sit on."""
    scale = area_scale(limits.largest_jump, neurons, style)
    return replace(scale, smallest=scale.smallest * min(1.0, 60 / neurons))


def hidden_area(style: Style) -> float:
    """The area, px², up to which a mark is no wider than the curve: it would only break it, and is not drawn."""
    return (1.15 * CURVE * style.stroke) ** 2


def least_seen(limits: Limits, neurons: int, style: Style) -> float:
    """The slope jump from which on a knot is seen on the curve."""
    return knot_scale(limits, neurons, style).jump_of(hidden_area(style))
