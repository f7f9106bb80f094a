"""What an object says of itself in a notebook: its name, facts, and a sketch, in the ink that the notebook has."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import numpy as np

WIDTH, HEIGHT = 300, 150  # px of a sketch
FAINT = 0.35  # opacity of what is past
HEAD = "text-align: left; font-weight: 600; padding: 0 1em 0 0"


def card(title: str, facts: Mapping[str, str], sketch: str) -> str:
    """HTML of a name and facts by their names, beside a sketch."""
    rows = "".join(
        f'<tr><th style="{HEAD}">{escape(name)}</th><td style="text-align: left">{escape(fact)}</td></tr>'
        for name, fact in facts.items()
    )
    table = f'<table style="margin: 0"><caption style="{HEAD}">{escape(title)}</caption>{rows}</table>'
    return f'<div style="display: flex; flex-wrap: wrap; gap: 1.5em; align-items: center">{table}{sketch}</div>'


class Sketch:
    """A small picture in SVG of functions on (low, high), whose height is that of some values (K,)."""

    def __init__(self, low: float, high: float, values: np.ndarray, label: str):
        bottom, top = float(values.min()), float(values.max())
        margin = 0.08 * ((top - bottom) or 1.0)
        self._x, self._y = (low, (high - low) or 1.0), (top + margin, top - bottom + 2 * margin)
        self._label, self._parts = label, list[str]()

    def curve(self, x: np.ndarray, y: np.ndarray, opacity: float = 1.0) -> None:
        """A line through points (P,), cut off where it leaves the picture."""
        way = " ".join(f"{h:.1f},{v:.1f}" for h, v in self._places(x, np.clip(y, *self._beyond)))
        look = f'fill="none" stroke="currentColor" stroke-width="2" opacity="{opacity}"'
        self._parts.append(f'<polyline points="{way}" {look}/>')

    def dots(self, x: np.ndarray, y: np.ndarray) -> None:
        """Open circles at points (N,)."""
        look = 'r="3" fill="none" stroke="currentColor"'
        self._parts += [f'<circle cx="{h:.1f}" cy="{v:.1f}" {look}/>' for h, v in self._places(x, y)]

    def svg(self) -> str:
        """The picture."""
        size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        return f'<svg {size} role="img" aria-label="{escape(self._label)}">{"".join(self._parts)}</svg>'

    @property
    def _beyond(self) -> tuple[float, float]:
        """Values far enough outside that what is cut off there is not seen."""
        top, span = self._y
        return top - 3 * span, top + 2 * span

    def _places(self, x: np.ndarray, y: np.ndarray) -> Iterable[Sequence[float]]:
        (low, width), (top, height) = self._x, self._y
        return zip((WIDTH * (x - low) / width).tolist(), (HEIGHT * (top - y) / height).tolist(), strict=True)
