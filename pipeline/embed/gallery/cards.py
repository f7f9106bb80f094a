"""One HTML page of cards, whole in itself but for its media, that opens from a folder without a server."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.config.home import shipped_theme
from pipeline.config.language import Language
from pipeline.embed.explore.inline import PAGE as EXPLORE, library
from pipeline.embed.templating import fill
from pipeline.embed.themes import style_sheet

PAGE = "index.html"
HERE = Path(__file__).parent
SHARED = EXPLORE / "round.js", EXPLORE / "words.js"  # numbers and words are written as there
SCRIPTS = "filters.js", "cards.js", "large.js", "page.js"  # one script: they share its names and what changes


def cards_page(title: str, data: Mapping[str, Any], words: Mapping[str, str], say: Language) -> str:
    """The page's HTML.

    data: what its script works on, `keys` and `measures` with the titles of columns and `runs` with their values, media
    and words, as filters.js and cards.js name them; words: those of conf/language's part `gallery`, or in their place.
    """
    values = {
        "title": title,
        "lang": say.code,
        "say": say.part("page") | dict(words),
        "data": {**data, "say": dict(words)},
        "style": style_sheet(shipped_theme("light")) + (HERE / "style.css").read_text(encoding="utf-8"),
        "script": "\n".join([*map(library, SHARED), *((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)]),
    }
    return fill(HERE / "page.html", "html", values)
