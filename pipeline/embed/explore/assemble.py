"""One file of a run: its numbers, words and colours, and the page's sources, put into the page's template."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.config.language import language_of
from pipeline.config.schema.config import Config
from pipeline.embed.explore.curves import reference_curves
from pipeline.embed.explore.facts import facts
from pipeline.embed.explore.inline import PAGE, modules
from pipeline.embed.explore.payload import ends, pack, planes
from pipeline.embed.explore.seal import check_replaceable, replace_page, sealed
from pipeline.embed.templating import fill
from pipeline.embed.themes import style_sheet
from pipeline.errors import InputError
from pipeline.projection.quantities import compute
from pipeline.render.film.clip_limits import Limits, limits_of
from pipeline.render.film.film import Film
from pipeline.render.film.timeline import Timeline
from pipeline.render.scene.panel_spec import drawn_curves
from pipeline.run.drawing import make_film
from pipeline.run.finished import finished_manifest, read_finished
from pipeline.run.take import Take
from pipeline.simulate.resample import resampled

SHOWN = "sorted_breakpoint", "piece_slope"  # quantities that the page's limits follow


def write_page(folder: Path, target: Path) -> None:
    """Write the finished run in `folder` as one HTML file to `target`.

    Raises InputError where the folder has no finished run, or several side by side, the target cannot be written, or
    is a file that is no page as this made it.
    """
    check_replaceable(target)  # before any work
    parts = finished_manifest(folder).get("runs", {})
    if parts:
        several = ", ".join(str(folder / part["folder"]) for part in parts.values())
        raise InputError(f"{folder}: shows several runs side by side; give one of {several}")
    run = read_finished(folder)
    replace_page(target, page(run.config, run.takes[0], run.provenance))


def page(config: Config, take: Take, provenance: Mapping[str, Any], theme: str = "") -> str:
    """The HTML of a finished run, as a config has it shown.

    provenance: command, version, libraries and config, which the page holds; theme: light, dark, or what the reader's
    system prefers.
    """
    film = shown_film(config, take)
    names = list(filter(film.has, drawn_curves(config.scene)))
    told, numbers = packed(film, limits_of([film], names), config, take, names, provenance)
    values = frame(told, config, provenance, theme) | {
        "style": style(config),
        "script": modules(PAGE / "main.js"),
        "numbers": base64.b64encode(numbers).decode(),
    }
    return sealed(fill(PAGE / "page.html", "html", values))


def packed(
    film: Film, limits: Limits, config: Config, take: Take, names: Sequence[str], provenance: Mapping[str, Any]
) -> tuple[dict[str, Any], bytes]:
    """What a page is told of a run on some limits, and its numbers; names: of the curves beside its function."""
    trajectory = resampled(take.trajectory, film.t)
    curves, beside = reference_curves(film, limits, names, language_of(config.language))
    stack = [*planes(film, limits, trajectory.v**2 - trajectory.w**2 - trajectory.b**2), *beside]
    numbers = pack([film.t[film.moments], film.loss[film.moments], *ends(film, limits)], stack)
    return facts(film, limits, config, provenance, stack) | curves, numbers


def frame(told: Mapping[str, Any], config: Config, provenance: Mapping[str, Any], theme: str = "") -> dict[str, Any]:
    """What the template of every page takes: the facts `told` and those that stand in its head."""
    say = language_of(config.language)
    head = {key: told[key] for key in ("title", "subtitle", "description", "command", "version")}
    source = json.dumps(provenance, ensure_ascii=False)
    return head | {
        "theme": theme,
        "lang": say.code,
        "say": say.part("page"),
        "provenance": source,
        "facts": told,
    }


def style(config: Config) -> str:
    """The style sheet of a page."""
    return style_sheet(config.theme) + (PAGE / "page.css").read_text(encoding="utf-8")


def shown_film(config: Config, take: Take, timeline: Timeline | None = None) -> Film:
    """The run in the user's units, with what the page's limits follow beside what its scene shows; on its own
    timeline by default.
    """
    quantities = {**take.quantities, **compute(SHOWN, take.trajectory, take.spline)}
    return make_film(config, replace(take, quantities=quantities), timeline)
