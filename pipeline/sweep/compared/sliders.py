"""The page of a sweep with a slider for every swept key: its runs on one clock, and where their axes mean the same on
the same axes.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.config.language import Language, language_of
from pipeline.config.schema.config import Config
from pipeline.embed.describe import title_of
from pipeline.embed.explore.assemble import frame, packed, shown_film, style
from pipeline.embed.explore.inline import PAGE, modules
from pipeline.embed.explore.seal import sealed
from pipeline.embed.explore.words import key
from pipeline.embed.templating import fill
from pipeline.render.film.clip_limits import Limits, shared_limits
from pipeline.render.film.film import Film
from pipeline.render.film.limits import hull, middle
from pipeline.render.film.occurring import occurring
from pipeline.render.film.words import SEPARATOR
from pipeline.render.scene.panel_spec import drawn_curves
from pipeline.run.finished import read_take
from pipeline.run.take import Take
from pipeline.run.timeline import timeline_of
from pipeline.sweep.compared.entries import Entry
from pipeline.sweep.compared.montage import longest_timing
from pipeline.sweep.compared.slider_grid import Grid, Place

SLIDERS = "sweep.html"
OF_THE_PAGE = "title", "description"


def slider_page(grid: Grid, command: str, update: Callable[[float], None]) -> str:
    """The page's HTML; command: of the sweep; update: called with the number of runs that are packed.

    Raises InputError for a run whose files are gone or damaged.
    """
    takes = [read_take(entry.folder) for entry in grid.shown.values()]
    configs = _alike(takes)
    timeline = timeline_of(configs[0], takes)
    films = [shown_film(config, take, timeline) for config, take in zip(configs, takes, strict=True)]
    names = [name for name in drawn_curves(configs[0].scene) if all(film.has(name) for film in films)]
    limits = shared_limits(films, names)
    provenance = {"command": command, "version": __version__}
    told, numbers = [], []
    for done, run in enumerate(zip(films, limits, configs, takes, strict=True), 1):
        each, packed_numbers = packed(*run, names, provenance)
        told.append(each)
        numbers.append(base64.b64encode(packed_numbers).decode())
        update(done)
    say = language_of(configs[0].language)
    _share(told, films, limits, say)
    shared = _common(told)
    title = say("montage.title" if len({film.data.name for film in films}) == 1 else "montage.several")
    head = told[0] | {"title": title_of(replace(configs[0], scene=replace(configs[0].scene, title=title)), films)}
    head |= {"description": say("sliders.about", runs=len(films))}
    values = frame(head, configs[0], provenance) | {
        "facts": shared | {name: head[name] for name in OF_THE_PAGE},
        "style": style(configs[0]) + (PAGE / "sweep.css").read_text(encoding="utf-8"),
        "script": modules(PAGE / "sweep.js"),
        "say_sliders": say.part("sliders"),
        "sweep": _described(grid, [_own(each, shared) for each in told], say),
        "each_numbers": numbers,
    }
    return sealed(fill(PAGE / "sweep.html", "html", values))


def write_sliders(grid: Grid, command: str, target: Path, update: Callable[[float], None]) -> None:
    """Write the page to a file."""
    target.write_text(slider_page(grid, command, update), encoding="utf-8")


def _alike(takes: Sequence[Take]) -> list[Config]:
    """The runs' configs with the first one's look and pace, and nothing said or built up, so that all share a clock."""
    first, timing = takes[0].config, longest_timing(takes)
    shown: dict[str, Any] = {"timing": timing, "video": first.video, "theme": first.theme, "language": first.language}
    return [replace(take.config, scene=_untold(take.config), **shown) for take in takes]


def _untold(config: Config) -> Any:
    nothing: dict[str, Any] = {"beats": [], "captions": {}, "narrate": False, "opening": False}
    return replace(config.scene, ending=None, evidence=None, **nothing)


def _share(told: list[dict[str, Any]], films: Sequence[Film], limits: Sequence[Limits], say: Language) -> None:
    """Give facts of runs on the same limits the same axes, as panels side by side have them, and all the same key."""
    signs = frozenset[str]().union(*(occurring(film, each) for film, each in zip(films, limits, strict=True)))
    words = key(films[0], limits[0], say, also=signs)
    for each, own in zip(told, limits, strict=True):
        peers = [other for other, shown_on in zip(told, limits, strict=True) if shown_on is own]
        losses, slopes = ([peer[name] for peer in peers] for name in ("lossLimits", "slope"))
        each["sharedAxes"] = {
            "lossLimits": hull(losses),
            "slope": {"unit": each["slope"]["unit"], "limits": middle([slope["limits"] for slope in slopes])},
        }
    for each in told:
        each |= each.pop("sharedAxes") | {"key": words}
        each["words"]["page"] |= say.part("sliders_help")


def _common(told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The facts that all runs share."""
    first, *others = told
    return {name: value for name, value in first.items() if all(other[name] == value for other in others)}


def _own(told: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """What is a run's own; the page speaks of all of them in its head."""
    return {name: value for name, value in told.items() if name not in {*shared, *OF_THE_PAGE}}


def _described(grid: Grid, own: Sequence[Mapping[str, Any]], say: Language) -> dict[str, Any]:
    """What the page's sliders work on: of every place in order the number of its run, or why there is none."""
    numbers = {place: number for number, place in enumerate(grid.shown)}
    return {
        "sliders": [
            {"key": each.key, "name": each.name, "values": each.values, "counts": each.counts} for each in grid.sliders
        ],
        "places": [numbers[place] if place in numbers else _why(grid, place, say) for place in grid.places],
        "own": own,
        "note": SEPARATOR.join(grid.notes),
        "words": say.part("sliders"),
    }


def _why(grid: Grid, place: Place, say: Language) -> str:
    """Why there is no run to show in a place."""
    entry: Entry | None = grid.tried.get(place)
    if entry is None or entry.state == "missing":
        return say("sliders.no_run")
    return say("sliders.failed", message=entry.message) if entry.state == "failed" else say("sliders.several")
