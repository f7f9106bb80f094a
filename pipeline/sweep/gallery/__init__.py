"""The gallery: one HTML page over a sweep's runs, whole in itself, that opens from a folder without a server."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.config.home import shipped_theme
from pipeline.embed.explore.inline import PAGE as EXPLORE, library
from pipeline.embed.templating import fill
from pipeline.embed.themes import style_sheet
from pipeline.sweep.compared.spoken import spoken_names
from pipeline.sweep.compared.summary import TITLES, Row
from pipeline.sweep.compared.values import value_words

PAGE = "index.html"
HERE = Path(__file__).parent
NUMBERS = EXPLORE / "round.js"  # numbers are written as there
SCRIPTS = "filters.js", "cards.js", "large.js", "page.js"  # one script: they share its names and what changes


def page(title: str, rows: Sequence[Row], media: Sequence[dict[str, str]], extras: dict[str, Any]) -> str:
    """The page's HTML.

    media: for every row its links by name (folder, video, poster, last, failure), those that there are.
    extras: `command` of the sweep, and the files that there are of `montage`, `multiples`, `plots`, `summary`.
    """
    values = {
        "title": title,
        "data": described(rows, media, extras),
        "style": style_sheet(shipped_theme("light")) + (HERE / "style.css").read_text(encoding="utf-8"),
        "script": "\n".join([library(NUMBERS), *((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)]),
    }
    return fill(HERE / "page.html", "html", values)


def described(rows: Sequence[Row], media: Sequence[dict[str, str]], extras: dict[str, Any]) -> dict[str, Any]:
    """What the page's script works on."""
    keys = list(rows[0].entry.values)
    names = spoken_names(keys)
    measures = list(dict.fromkeys(name for row in rows for name in row.numbers))
    return {
        "keys": [{"key": key, "name": names[key]} for key in keys],
        "measures": [{"name": name, "title": TITLES.get(name, name.replace("_", " "))} for name in measures],
        "runs": [_run(row, keys, measures, links) for row, links in zip(rows, media, strict=True)],
        **extras,
    }


def _run(row: Row, keys: Sequence[str], measures: Sequence[str], links: dict[str, str]) -> dict[str, Any]:
    entry = row.entry
    return {
        "label": entry.label,
        "values": [_value(entry.values[key]) for key in keys],
        "words": [value_words(entry.values[key]) for key in keys],
        "state": entry.state,
        "seconds": _finite(entry.seconds),
        "message": entry.message,
        "numbers": [_finite(row.numbers.get(name)) for name in measures],
        **links,
    }


def _value(value: Any) -> Any:
    """A value of a key as JSON has it: what is no number there is its words."""
    return value_words(value) if isinstance(value, float) and not math.isfinite(value) else value


def _finite(number: float | None) -> float | None:
    """A number as JSON has it."""
    return number if number is not None and math.isfinite(number) else None
