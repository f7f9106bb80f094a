"""One file of a laboratory: the page of a run, with the solver in the place of its numbers."""

import base64
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.config.language import language_of
from pipeline.config.schema.config import Config
from pipeline.embed.explore.assemble import frame, shown_film, style
from pipeline.embed.explore.facts import facts
from pipeline.embed.explore.inline import PAGE, modules
from pipeline.embed.explore.seal import check_replaceable, replace_page, sealed
from pipeline.embed.explore.words import key
from pipeline.embed.lab.module import MODULE, layout, ziggurat
from pipeline.embed.lab.scope import check_solved
from pipeline.embed.lab.sets import OWN, sets
from pipeline.embed.lab.worksheet import worksheet
from pipeline.embed.templating import fill
from pipeline.render.film.clip_limits import limits_of
from pipeline.run.take import Take
from pipeline.simulate.optimisers.table import OPTIMISERS

GIVEN = "given"
SHEETS = "lab.css", "worksheet.css"  # beside that of every page
MAY_OCCUR = frozenset({"held"})  # sooner or later, of the signs of the key
DRAWN = "scaling", "distribution", "width", "scale", "layer_ratio", "bias_ratio", "balanced", "antisymmetric", "seed"


def write_lab(config: Config, take: Take, provenance: Mapping[str, Any], target: Path) -> None:
    """Write the laboratory that begins with a finished run to `target`.

    A run of other dynamics opens as the gradient flow of its network on its samples. Raises InputError for one
    that it cannot solve, and where the target cannot be written, or is a file that is no page as this made it.
    """
    check_replaceable(target)  # before any work
    replace_page(target, lab_page(config, take, provenance))


def lab_page(config: Config, take: Take, provenance: Mapping[str, Any], theme: str = "") -> str:
    """The HTML of the laboratory; arguments and errors as of `write_lab` and of `page`."""
    check_solved(config)
    film = shown_film(config, take)
    say, limits = language_of(config.language), limits_of([film], [])
    told = facts(film, limits, config, provenance, []) | {"grid": [], "curves": [], "stops": []}
    told |= {"title": say("lab.title", data=config.data.title), "description": say("lab.about")}
    told |= {"key": key(film, limits, say, also=MAY_OCCUR)}
    told["words"]["page"] |= say.part("lab_help")
    told["time"] = told["time"] | {"kind": "linear" if config.timing.kind == "linear" else "log"}
    values = frame(told, config, provenance, theme) | {
        "style": style(config) + "".join((PAGE / name).read_text(encoding="utf-8") for name in SHEETS),
        "script": modules(PAGE / "lab.js"),
        "worker": modules(PAGE / "worker.js"),
        "solver": base64.b64encode(MODULE.read_bytes()).decode(),
        "layout": layout(),
        "say_lab": say.part("lab"),
        "lab": laboratory(config, take, told),
        "say_worksheet": say.part("lab_worksheet"),
        "worksheet": worksheet(say),
    }
    return sealed(fill(PAGE / "lab.html", "html", values))


def laboratory(config: Config, take: Take, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the page's solver begins with, as page/wish.js names it; samples in the user's units."""
    start, learns, say = take.trajectory, config.dynamics, language_of(config.language)
    init = {key: value for key, value in asdict(config.init).items() if key in DRAWN}
    if OPTIMISERS[learns.kind].read:
        init["scaling"] = GIVEN  # by the record, whatever the config would draw
    own = sets(config.data, take.data, say.code)
    return {
        "state": {
            **{name: init[name] for name in ("width", "scale", "layer_ratio", "seed", "scaling")},
            "start": "_".join(name for name in ("balanced", "antisymmetric") if init[name]) or "random",
            "weight_decay": learns.weight_decay,
            "train": learns.train,
            "end_time": learns.end_time,
            "data": OWN,
            "x": own[OWN]["x"],
            "y": own[OWN]["y"],
            "moved": [],
            "past": [],
        },
        "sets": own,
        "limits": {OWN: {"x": told["x"]}},
        "init": init,
        "given": {name: getattr(start, name)[0].tolist() for name in "wbvc"},
        "time": told["time"],
        "output_bias": learns.output_bias,
        "rtol": learns.rtol,
        "ziggurat": ziggurat(),
        "words": say.part("lab"),
        "sentences": say.part("lab_sentences"),
    }
