"""The interactive page: a run as one file that plays, scrubs and tells of every neuron, with nothing to load.

The sources of the page lie in page/: plain JavaScript, CSS and HTML, which inline.py puts together.
"""

import base64
import json
import uuid
from pathlib import Path

PAGE = Path(__file__).parent / "page"


def write_page(folder: Path, target: Path) -> None:
    """Write the finished run in `folder` as one HTML file to `target`.

    Raises InputError where the folder has no finished run, the target cannot be written, or is a file that is no page
    as this made it.
    """
    from pipeline.embed.explore.seal import check_replaceable
    from pipeline.errors import InputError

    check_replaceable(target)
    html = page(folder)
    beside = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    try:
        beside.write_text(html, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        raise InputError(f"{target}: {error.strerror}; give a file in a folder that can be written") from None
    finally:
        beside.unlink(missing_ok=True)


def page(folder: Path) -> str:
    """The HTML of the finished run in `folder`. Raises InputError where there is none, or several side by side."""
    from pipeline.embed.explore.facts import facts, provenance
    from pipeline.embed.explore.finished import load_take
    from pipeline.embed.explore.inline import fill_template, modules, script_json
    from pipeline.embed.explore.payload import ends, pack, planes
    from pipeline.embed.explore.seal import sealed
    from pipeline.embed.explore.themes import style_sheet
    from pipeline.render.film.clip_limits import limits_of
    from pipeline.run.drawing import make_film

    take, manifest = load_take(folder)
    film, run = make_film(take.config, take), take.trajectory
    limits = limits_of([film])
    stack = planes(film, limits, run.v**2 - run.w**2 - run.b**2)
    numbers = pack([film.t[film.moments], film.loss[film.moments], *ends(film, limits)], stack)
    told = facts(film, limits, take.config, manifest, stack)
    texts = {key: told[key] for key in ("title", "subtitle", "description", "command", "version")}
    made = json.dumps(provenance(manifest), ensure_ascii=False)
    sources = {
        "style": style_sheet(take.config.theme) + (PAGE / "page.css").read_text(encoding="utf-8"),
        "script": modules(PAGE / "main.js"),
        "facts": script_json(told),
        "numbers": base64.b64encode(numbers).decode(),
    }
    template = (PAGE / "page.html").read_text(encoding="utf-8")
    return sealed(fill_template(template, texts | {"provenance": made}, sources))
