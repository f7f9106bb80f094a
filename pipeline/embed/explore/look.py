"""Sizes that a page's panels share with the video's, in the units of these: strokes, text sizes, shares."""

from typing import Any

from pipeline.render.drawing import marks
from pipeline.render.film import occurring
from pipeline.render.film.film import Film
from pipeline.render.panels import threads
from pipeline.render.panels.parts import pointer, rulings, thread_lines


def look(film: Film) -> dict[str, Any]:
    """As page/ names them."""
    return {
        "rim": marks.RIM,
        "heldRim": marks.HELD_RIM,
        "halo": marks.HALO,
        "few": occurring.are_few(film),
        "visible": occurring.VISIBLE,
        "rugTick": rulings.TICK,
        "filled": rulings.FILLED,
        "lit": rulings.LIT,
        "far": pointer.FAR,
        "level": float(film.data.y_axis.to_user(0.0)) if film.of_labels else None,
        "threads": {
            "crowd": threads.CROWD_FROM,
            "followed": threads.FOLLOWED,
            "head": threads.HEAD,
            "classes": thread_lines.CLASSES,
            "widths": thread_lines.WIDTHS,
            "opacities": thread_lines.OPACITIES,
            "held": thread_lines.HELD,
        },
    }
