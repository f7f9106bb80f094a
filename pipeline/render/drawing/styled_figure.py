"""A figure that keeps its style wherever it is drawn, also in a notebook of other settings, and shows itself there."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure

from pipeline.render.drawing.theme import DPI, Style


class StyledFigure(Figure):
    """An empty figure of a style's size, drawn and saved by its settings and not by the user's."""

    def __init__(self, style: Style) -> None:
        self._style = style
        super().__init__(figsize=(style.width / DPI, style.height / DPI), dpi=DPI)

    def draw(self, renderer: RendererBase) -> None:
        with self._style.settings(), self._as_on_screen():
            super().draw(renderer)

    @contextmanager
    def _as_on_screen(self) -> Iterator[None]:
        """Axes leave animated artists to those that draw them, see canvas.py, also where a file is written."""
        vars(self.canvas)["is_saving"] = lambda: False
        try:
            yield
        finally:
            del vars(self.canvas)["is_saving"]

    def savefig(self, fname: Any, **options: Any) -> None:
        """As Matplotlib's own."""
        with self._style.settings():
            super().savefig(fname, **options)

    def _repr_png_(self) -> bytes:
        """For notebooks, whatever backend of Matplotlib's is at work there."""
        picture = io.BytesIO()
        self.savefig(picture, format="png")
        return picture.getvalue()
