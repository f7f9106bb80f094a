"""What a page says: names of panels and axes, and the key to its marks, as the video has them. HTML."""

import re
from html import escape
from typing import Any

from pipeline.embed.describe import plain
from pipeline.render.drawing.key import ENTRIES, KEY_SHAPES, KeyMark
from pipeline.render.film.film import Film

# By panel: its heading, the word on its button, its name, and what one sees there.
PANELS = {
    "function": (
        "output $f(x)$",
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
        "delta-slope $\\mu$",
        "$\\mu$",
        "Delta-slopes",
        "Every neuron in the plane of its breakpoint and its delta-slope, with a trail of its recent past.",
    ),
    "slopes": (
        "slope $f'(x)$",
        "$f'$",
        "Slope",
        "The slope of the function: a staircase with a riser at every breakpoint.",
    ),
    "loss": ("loss", "$L$", "Loss over time", "The loss over training time."),
}
TIME = "training time $t$"
PACES = {"log": "log", "linear": "linear", "pace": "at the clip's pace"}  # how an axis of time runs
KNOTS = "{} knots"  # at a sample that holds them
WIDTH = 0.66  # of a key's mark as wide as a line is high: the root of its area


def words() -> dict[str, Any]:
    """All of them, as page/ names them."""
    panels = {
        kind: {"heading": marked(heading), "short": marked(short), "name": name, "spoken": spoken}
        for kind, (heading, short, name, spoken) in PANELS.items()
    }
    time = {kind: plain(f"{TIME} ({pace})") for kind, pace in PACES.items()}
    return panels | {
        "time": time | {"short": plain("$t$")},
        "axes": {kind: marked(pace) for kind, pace in PACES.items()},
        "input": {"long": marked("input $x$"), "breakpoint": marked("breakpoint $\\beta$"), "short": marked("$x$")},
        "knots": KNOTS,
    }


def marked(text: str) -> str:
    """A label of Matplotlib's as HTML: letters of formulas are slanted."""
    parts = text.split("$")
    slanted = (re.sub(r"[^\W\d]", r"<i>\g<0></i>", escape(plain(f"${part}$"), quote=False)) for part in parts[1::2])
    sides = [escape(part, quote=False) for part in parts[::2]]
    return "".join(plain_part + formula for plain_part, formula in zip(sides, [*slanted, ""], strict=True))


def key(film: Film) -> str:
    """The entries of the key for what occurs in a run, as items of a list."""
    now = film.moments
    occurs = {"side": True, "sign": True, "size": True, "held": bool(film.held[now].any())}
    hues = {name for name, there in (("rising", film.jump[now] > 0), ("falling", film.jump[now] < 0)) if there.any()}
    items = []
    for name, entries in ENTRIES.items():
        for marks, text in entries:
            needed = {colour for _, colour, *_ in marks} & {"rising", "falling"}
            if occurs.get(name) and needed <= hues:
                items.append(f'<li class="{name}">{_picture(marks)}{escape(text)}</li>')
    return "".join(items)


def _picture(marks: list[KeyMark]) -> str:
    """Marks in a row, each in a square of side 1, as a picture in the page's colours."""
    shapes = []
    for place, (shape, colour, outline, width) in enumerate(marks):
        corners = KEY_SHAPES[shape].vertices
        middle = 0.5 * (corners.min(axis=0) + corners.max(axis=0))
        points = " ".join(f"{x:.3f},{y:.3f}" for x, y in (corners - middle) * (1, -1) * WIDTH * width)
        rim = f' stroke="var(--{outline})" stroke-width="0.1" paint-order="stroke"' if outline != "background" else ""
        look = f'fill="var(--{colour})"{rim}'
        shapes.append(f'<polygon transform="translate({place + 0.5} 0.5)" {look} points="{points}"/>')
    return f'<svg viewBox="0 0 {len(marks)} 1" aria-hidden="true">{"".join(shapes)}</svg>' if marks else ""
