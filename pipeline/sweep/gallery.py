"""The gallery of a sweep: one page over its runs, filtered by the swept keys and sorted by what was measured."""

import math
from collections.abc import Sequence
from typing import Any

from pipeline.config.language import Language
from pipeline.embed.gallery.cards import PAGE as PAGE, cards_page
from pipeline.sweep.compared.spoken import label_of, spoken_names
from pipeline.sweep.compared.summary import Row, measure_name
from pipeline.sweep.compared.values import value_words


def page(
    title: str, rows: Sequence[Row], media: Sequence[dict[str, str]], extras: dict[str, Any], say: Language
) -> str:
    """The page's HTML.

    media: for every row its links by name (folder, video, poster, last, failure), those that there are.
    extras: `command` of the sweep, and the files that there are of `montage`, `multiples`, `plots`, `summary`.
    """
    return cards_page(title, described(rows, media, extras, say), say.part("gallery"), say)


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
