"""What a page says: names of panels and axes, and the key to its marks, as the video has them. HTML."""

import re
from html import escape
from typing import Any

import numpy as np

from pipeline.render.drawing.key import EVEN, SIGN_SHAPES, Entry, Sign, entries_of
from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.film import Film
from pipeline.render.film.occurring import occurring
from pipeline.render.film.plain import plain
from pipeline.render.panels.parts import held_labels, names, plane_axis, pointer

# By panel: its heading, the word on its button, its name, and what one sees there.
PANELS = {
    "function": (
        names.OUTPUT[0],
        "$f$",
        "Function",
        "The function that the network computes, the samples, and a knot at every breakpoint.",
    ),
    "threads": (
        "",
        "$\\beta$",
        "Breakpoints falling through time",
        "The breakpoint of every neuron while training time falls, drawn thick while a sample holds it.",
    ),
    "plane": (
        *plane_axis.NAMES["jump"],
        "Slope jumps",
        "Every neuron by its breakpoint and its slope jump: what bends up stands above. Each trails its recent past.",
    ),
    "slopes": (
        *names.SLOPE,
        "Slope",
        "The slope of the function: a staircase with a riser at every breakpoint.",
    ),
    "loss": (names.LOSS, "$L$", "Loss over time", "The loss over training time."),
}
PACES = {"log": "log", "linear": "linear", "pace": EVEN}  # how an axis of time runs
UNSHOWN = {*PACES.values(), "jitter"}  # entries of the key that the axes say themselves, or that is not drawn
OF_PLANE = {"side"}  # those that only the plane needs
WIDTH = 0.66  # of a key's mark as wide as a line is high: the root of its area


def words() -> dict[str, Any]:
    """All of them, as page/ names them."""
    panels = {
        kind: {"heading": marked(heading), "short": marked(short), "name": name, "spoken": spoken}
        for kind, (heading, short, name, spoken) in PANELS.items()
    }
    time = {kind: marked(f"{names.TIME} ({pace})") for kind, pace in PACES.items()}
    return panels | {
        "time": time | {"plain": marked(names.TIME), "short": marked("$t$")},
        "axes": {kind: marked(pace) for kind, pace in PACES.items()},
        "input": {"long": marked(names.INPUT), "breakpoint": marked(names.BREAKPOINT), "short": marked("$x$")},
        "knots": held_labels.WORDS,
        "beyond": pointer.WORDS,
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


def key(film: Film, limits: Limits) -> str:
    """The entries of the key for what occurs in a run, as items of a list."""
    signs = occurring(film, limits) - UNSHOWN
    parts = {"": signs - OF_PLANE, "side": signs & OF_PLANE}
    return "".join(_item(part, entry) for part, chosen in parts.items() for entry in entries_of(chosen))


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
