"""What a page is told of a run beside its numbers: words, units, limits, provenance. JSON can hold all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

import numpy as np

from pipeline.config import Config
from pipeline.embed.describe import plain
from pipeline.embed.explore.payload import Plane
from pipeline.render.film import Film, slope_unit, with_unit
from pipeline.render.limits import even_window
from pipeline.render.panels.slopes import extremes
from pipeline.render.words import fill, fill_parts


def facts(film: Film, config: Config, manifest: Mapping[str, Any], planes: Sequence[Plane]) -> dict[str, Any]:
    """Everything but the numbers; keys as page/run.js names them. Labels and units are HTML."""
    data, times = film.data, film.t[film.moments]
    slope = escape(slope_unit(data.x_axis, data.y_axis))
    return {
        "title": plain(fill(config.scene.title, film.facts)),
        "subtitle": plain(fill_parts(config.scene.subtitle, film.facts)),
        "description": description(film, manifest),
        "command": manifest["command"],
        "version": manifest["version"],
        "x": {"label": escape(plain(data.x_axis.label)), "unit": escape(data.x_axis.unit), "limits": film.x_limits},
        "y": {"label": escape(plain(data.y_axis.label)), "unit": escape(data.y_axis.unit), "limits": film.y_limits},
        "slope": {"unit": slope, "limits": even_window(extremes(film))},
        "reach": film.mu_reach,
        "largestJump": film.largest_jump,
        "lossLimits": film.loss_limits,
        "time": {"kind": config.timing.kind, "first": film.time.first_time, "end": film.time.end_time},
        "seconds": len(times) / film.fps,
        "fps": film.fps,
        "trail": film.trail,
        "samples": {"x": film.x.tolist(), "y": film.y.tolist()},
        "moments": len(times),
        "neurons": film.neurons,
        "planes": [{"name": plane.name, "origin": plane.origin, "step": plane.step} for plane in planes],
    }


def provenance(config: Config, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What it takes to make the run again."""
    return {key: manifest[key] for key in ("command", "version", "libraries")} | {"config": asdict(config)}


def description(film: Film, manifest: Mapping[str, Any]) -> str:
    """The run in sentences, for those who hear the page."""
    data, first, last = film.data, film.moments[0], film.moments[-1]
    y, x = (with_unit(plain(axis.label) or name, axis.unit) for axis, name in ((data.y_axis, "y"), (data.x_axis, "x")))
    return (
        f"A shallow ReLU network of {film.neurons} neurons learns {plain(data.name) or 'data'}: "
        f"{len(film.x)} samples of {y} over {x}. From training time 0 to {film.time.end_time:g} "
        f"its loss goes from {film.loss[first]:.3g} to {film.loss[last]:.3g}. "
        f"Of its breakpoints {_inside(film, first)} lie among the samples at the start, {_inside(film, last)} at the "
        f"end, where samples hold {np.count_nonzero(film.held[last])} of them. The run: {manifest['outcome']}."
    )


def _inside(film: Film, frame: int) -> int:
    return int(np.count_nonzero((film.beta[frame] >= film.x[0]) & (film.beta[frame] <= film.x[-1])))
