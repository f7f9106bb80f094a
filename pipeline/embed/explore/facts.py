"""What a page is told of a run beside its numbers: words, units, limits, provenance. JSON can hold all of it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from pipeline.config.language import language_of
from pipeline.config.schema.config import Config
from pipeline.embed.describe import description, subtitle_of, title_of
from pipeline.embed.explore.look import look
from pipeline.embed.explore.payload import Plane
from pipeline.embed.explore.words import PACES, key, words
from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.cues import Cue, cues_of
from pipeline.render.film.film import Film, slope_unit
from pipeline.render.film.limits import even_window, log_window, padded
from pipeline.render.film.plain import plain
from pipeline.render.film.words import SEPARATOR
from pipeline.render.panels.slopes import extremes

MARGIN = 0.05  # around what is shown, as a share of it: the page keeps no room for marks of its own, as panels do


def facts(
    film: Film, limits: Limits, config: Config, provenance: Mapping[str, Any], planes: Sequence[Plane]
) -> dict[str, Any]:
    """Everything but the numbers and the curves; keys as page/run.js names them. Labels and units are HTML."""
    cues = cues_of(film.story.record(film.fps))
    data, times, kind = film.data, film.t[film.moments], config.timing.kind
    say = language_of(config.language)
    slope = escape(slope_unit(data.x_axis, data.y_axis))
    outputs = padded(*limits.y, MARGIN)
    return {
        "title": title_of(config, [film]),
        "subtitle": subtitle_of(config, film),
        "description": description(config, [film], cues),
        "stops": stops(film, cues),
        "command": provenance["command"],
        "version": provenance["version"],
        "x": {"label": escape(plain(data.x_axis.label)), "unit": escape(data.x_axis.unit), "limits": limits.x},
        "y": {"label": escape(plain(data.y_axis.label)), "unit": escape(data.y_axis.unit), "limits": outputs},
        "slope": {"unit": slope, "limits": even_window(extremes(film, limits.x))},
        "reach": (1 + 2 * MARGIN) * limits.mu_reach,
        "largestJump": limits.largest_jump,
        "lossLimits": log_window(film.loss),
        "words": words(say),
        "key": key(film, limits, say),
        "look": look(film),
        "time": {
            "kind": kind if kind in PACES else "pace",
            "start": film.time.start,
            "first": film.time.first_time,
            "end": film.time.end_time,
        },
        "seconds": len(times) / film.fps,
        "fps": film.fps,
        "trail": film.trail,
        "samples": {"x": film.x.tolist(), "y": film.y.tolist()},
        "moments": len(times),
        "neurons": film.neurons,
        "planes": [
            {"name": plane.name, "origin": plane.origin, "step": plane.step, "shape": plane.integers.shape}
            for plane in planes
        ],
    }


def stops(film: Film, cues: Sequence[Cue]) -> list[dict[str, Any]]:
    """The training times at which words begin, ascending, and these in short: the page keeps room for the longest."""
    together: dict[float, list[str]] = {}
    for cue in sorted(cues, key=lambda cue: cue.start):
        together.setdefault(float(film.t[round(cue.start * film.fps)]), []).append(cue.title)
    return [{"t": time, "words": SEPARATOR.join(words)} for time, words in together.items()]
