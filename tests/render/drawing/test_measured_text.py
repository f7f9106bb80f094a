"""Words that are measured once a process."""

from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure

from pipeline.render.drawing.lettering import pixel_text
from pipeline.render.drawing.measured_text import MeasuredCanvas

WORDS = "of 20 neurons", "$f(x)$ at t = 3", "two\nlines", "$10^{-3}$", "of 20 neurons"


def lettered(canvas: type[FigureCanvasAgg], dpi: float, **look: Any) -> Figure:
    """A figure with words on it."""
    figure = Figure(figsize=(3, 2), dpi=dpi)
    canvas(figure)
    for k, words in enumerate(WORDS):
        pixel_text(figure, 10.3, 5.7 + 20 * k, words, 11, **{"colour": "black", **look})
    return figure


def picture(figure: Figure) -> np.ndarray:
    """(height, width, 4) as levels, drawn."""
    figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba()).astype(int)


@pytest.mark.parametrize(
    "look",
    [
        {},
        {"rotation": 90, "colour": "C1"},
        {"rotation": 30, "alpha": 0.5},
        {"weight": "bold"},
        {"ha": "right", "va": "top"},
        {"family": "DejaVu Serif"},
    ],
)
@pytest.mark.parametrize("dpi", [72, 100])
def test_sizes_and_pictures_are_those_of_matplotlib(look, dpi):
    ours, theirs = (lettered(canvas, dpi, **look) for canvas in (MeasuredCanvas, FigureCanvasAgg))
    for _ in range(2):  # measured, and known
        for one, other in zip(ours.texts, theirs.texts, strict=True):
            assert one.get_window_extent().bounds == other.get_window_extent().bounds
        assert np.abs(picture(ours) - picture(theirs)).max() <= 5  # a step of a place, and rounding
    assert np.ptp(picture(ours)) > 100


def test_a_context_is_as_a_new_one_of_matplotlib():
    renderer = lettered(MeasuredCanvas, 72).canvas.get_renderer()
    renderer.new_gc().set_linewidth(7)
    assert vars(renderer.new_gc()) == vars(RendererAgg(1, 1, 72).new_gc())
    assert type(renderer.new_gc()) is type(RendererAgg(1, 1, 72).new_gc())


def test_what_is_known_depends_on_the_settings_of_hinting():
    figure = lettered(MeasuredCanvas, 72)
    for hinting in ("none", "force_autohint"):
        with matplotlib.rc_context({"text.hinting": hinting}):
            ours = [text.get_window_extent().width for text in figure.texts]
            theirs = [text.get_window_extent().width for text in lettered(FigureCanvasAgg, 72).texts]
        np.testing.assert_array_equal(ours, theirs)


def test_a_figure_of_another_size_gets_another_renderer():
    figure = lettered(MeasuredCanvas, 72)
    first = figure.canvas.get_renderer()
    assert figure.canvas.get_renderer() is first
    figure.set_size_inches(4, 2)
    assert figure.canvas.get_renderer().width == 4 * 72
