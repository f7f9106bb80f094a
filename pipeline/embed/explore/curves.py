"""Curves that a run's scene draws beside its function, for a page: their names and looks, and where they run."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.config.language import Language
from pipeline.embed.explore.payload import GAP, Plane, quantise
from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.film import Film
from pipeline.render.film.limits import within
from pipeline.render.panels.parts.predictions import SAME, alike, reference_look, spoken

BEYOND = 4.0  # heights of the axes outside of which a curve is no longer followed


def reference_curves(
    film: Film, limits: Limits, names: Sequence[str], say: Language
) -> tuple[dict[str, Any], list[Plane]]:
    """Facts of the curves of some names, `grid` and `curves`, and the numbers of each over time and the grid.

    Those that coincide are one, as in the video; one that stands still in the whole clip has a single row.
    """
    if not names:
        return {"grid": [], "curves": []}, []
    low, high = limits.y
    grid = film.quantity("grid")[0]
    inside = within(grid, limits.x)
    each = [film.quantity(name) for name in names]
    groups = alike(each, SAME * (high - low))
    curves = [_curve(group[0], " = ".join(spoken(names[k], say) for k in group)) for group in groups]
    planes = []
    for group, curve in zip(groups, curves, strict=True):
        values = each[group[0]][film.moments][:, inside]
        values = values if values.std(axis=0).any() else values[:1]
        reach = BEYOND * (high - low)
        values = np.clip(values, low - reach, high + reach)
        planes.append(quantise(curve["plane"], values, low, GAP * (high - low)))
    return {"grid": grid[inside].tolist(), "curves": curves}, planes


def _curve(k: int, words: str) -> dict[str, Any]:
    """Words, ink and dashes, in widths of the line, of the k-th curve; the name of its plane."""
    look = reference_look(k)
    dashes = [] if isinstance(look["ls"], str) else list(look["ls"][1])
    return {"plane": f"curve {k}", "words": words, "ink": look["ink"], "dashes": dashes}
