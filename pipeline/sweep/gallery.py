"""The gallery: one HTML page over a sweep's runs, whole in itself, that opens from a folder without a server."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.config.home import shipped_theme
from pipeline.config.language import Language
from pipeline.embed.explore.inline import PAGE as EXPLORE, library
from pipeline.embed.templating import fill
from pipeline.embed.themes import style_sheet
from pipeline.sweep.compared.spoken import label_of, spoken_names
from pipeline.sweep.compared.summary import Row, measure_name
from pipeline.sweep.compared.values import value_words

PAGE = "index.html"
HERE = Path(__file__).parent
SHARED = EXPLORE / "round.js", EXPLORE / "words.js"  # numbers and words are written as there
SCRIPTS = "filters.js", "cards.js", "large.js", "page.js"  # one script: they share its names and what changes


def page(
    title: str, rows: Sequence[Row], media: Sequence[dict[str, str]], extras: dict[str, Any], say: Language
) -> str:
    """The page's HTML.

    media: for every row its links by name (folder, video, poster, last, failure), those that there are.
    extras: `command` of the sweep, and the files that there are of `montage`, `multiples`, `plots`, `summary`.
    """
    values = {
        "title": title,
        "lang": say.code,
        "say": say.part("page") | say.part("gallery"),
        "data": described(rows, media, extras, say),
        "style": style_sheet(shipped_theme("light")) + (HERE / "style.css").read_text(encoding="utf-8"),
        "script": "\n".join([*map(library, SHARED), *((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)]),
    }
    return fill(HERE / "page.html", "html", values)


def described(
    rows: Sequence[Row], media: Sequence[dict[str, str]], extras: dict[str, Any], say: Language
) -> dict[str, Any]:
    """What the page's script works on."""
    keys = list(rows[0].entry.values)
    names = spoken_names(keys, say)
    measures = list(dict.fromkeys(name for row in rows for name in row.numbers))
    return {
        "keys": [{"key": key, "name": names[key]} for key in keys],
        "measures": [{"name": name, "title": measure_name(name, say)} for name in measures],
        "runs": [_run(row, keys, measures, links, say) for row, links in zip(rows, media, strict=True)],
        "say": say.part("gallery"),
        **extras,
    }


def _run(
    row: Row, keys: Sequence[str], measures: Sequence[str], links: dict[str, str], say: Language
) -> dict[str, Any]:
    entry = row.entry
    return {
        "label": label_of(entry.values, say),
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
