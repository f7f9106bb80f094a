"""What a page says: names of panels and axes, and the key to its marks, as the video has them. HTML."""

import re
from collections.abc import Set
from html import escape
from typing import Any

import numpy as np

from pipeline.config.language import Language
from pipeline.render.drawing.key import SIGN_SHAPES, Entry, Sign, entries_of
from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.film import Film
from pipeline.render.film.occurring import occurring
from pipeline.render.film.plain import plain
from pipeline.render.panels.parts import pointer
from pipeline.render.panels.parts.base import time_words

PANELS = {  # by panel: names of its heading in the part `axes`, and its symbol
    "function": ("output", "$f$"),
    "threads": ("", "$\\beta$"),
    "plane": ("slope_jump", "$s\\mu$"),
    "slopes": ("slope", "$f'$"),
    "loss": ("loss", "$L$"),
}
PACES = {"log": "log", "linear": "linear", "pace": "even"}  # how an axis of time runs
# Entries of the key that the axes say themselves, or whose marks are not drawn.
UNSHOWN = {*PACES.values(), "jitter", "test", "teacher"}
OF_PLANE = {"side"}  # those that only the plane needs
WIDTH = 0.66  # of a key's mark as wide as a line is high: the root of its area


def words(say: Language) -> dict[str, Any]:
    """All of them, as page/ names them."""
    panels = {kind: _panel(kind, say) for kind in PANELS}
    time = {kind: marked(time_words(say, pace)) for kind, pace in PACES.items()}
    return panels | {
        "time": time | {"plain": marked(say("axes.time")), "short": marked("$t$")},
        "axes": {kind: marked(say(f"paces.{pace}")) for kind, pace in PACES.items()},
        "input": {
            "long": marked(say("axes.input")),
            "breakpoint": marked(say("axes.breakpoint")),
            "short": marked("$x$"),
        },
        "knots": say.words["marks.knots"],
        "beyond": {edge: say.words[f"marks.{name}"] for edge, name in pointer.WORDS.items()},
        "page": say.part("page"),
    }


def _panel(kind: str, say: Language) -> dict[str, str]:
    """A panel's heading, the symbol on its button, its name, and what one sees there."""
    heading, symbol = PANELS[kind]
    return {
        "heading": marked(say(f"axes.{heading}")) if heading else "",
        "short": marked(symbol),
        "name": say(f"page.{kind}"),
        "spoken": say(f"page.{kind}_seen"),
    }


def marked(text: str) -> str:
    """A label of Matplotlib's as HTML: letters of formulas are slanted."""
    parts = text.split("$")
    slanted = (
        re.sub(r"[^\W\d]", r"<i>\g<0></i>", escape(plain(f"${part}$"), quote=False).replace("'", "′"))
        for part in parts[1::2]
    )
    sides = [escape(part, quote=False) for part in parts[::2]]
    return "".join(plain_part + formula for plain_part, formula in zip(sides, [*slanted, ""], strict=True))


def key(film: Film, limits: Limits, say: Language, also: Set[str] = frozenset()) -> str:
    """The entries of the key for what occurs in a run, and for signs that may, as items of a list."""
    signs = (occurring(film, limits) | also) - UNSHOWN
    parts = {"": signs - OF_PLANE, "side": signs & OF_PLANE}
    return "".join(_item(part, entry) for part, chosen in parts.items() for entry in entries_of(chosen, say))


def _item(part: str, entry: Entry) -> str:
    signs = "".join(_sign(sign, place) for place, sign in enumerate(entry.signs))
    picture = f'<svg viewBox="0 0 {len(entry.signs)} 1" aria-hidden="true">{signs}</svg>'
    return f'<li class="{part}">{picture}{escape(entry.words)}</li>'


def _sign(sign: Sign, place: int) -> str:
    """A sign in a square of side 1, in the page's colours."""
    corners = np.asarray(SIGN_SHAPES[sign.shape].to_polygons()[0])
    middle = 0.5 * (corners.min(axis=0) + corners.max(axis=0))
    points = " ".join(f"{x:.3f},{y:.3f}" for x, y in (corners - middle) * (1, -1) * WIDTH * sign.width)
    at = f'transform="translate({place + 0.5} 0.5)" points="{points}"'
    ink = f"var(--{sign.colour})"
    if sign.open:
        return f'<polygon {at} fill="none" stroke="{ink}" stroke-width="0.12"/>'
    halo = f'<polygon {at} fill="none" stroke="var(--foreground)" stroke-width="0.36"/>'
    ground = f'<polygon {at} fill="none" stroke="var(--background)" stroke-width="0.2"/>'
    return f'{halo + ground if sign.halo else ""}<polygon {at} fill="{ink}"/>'
