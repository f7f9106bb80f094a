"""Text that stands still."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pipeline.render.drawing.lettering import drawn_width, pixel_text


@pytest.mark.parametrize("look", [{}, {"weight": "bold"}, {"ha": "right"}, {"family": "DejaVu Serif"}])
@pytest.mark.parametrize("dpi", [72, 100])
def test_a_width_that_is_known_is_that_of_the_text(look, dpi):
    figure = Figure(dpi=dpi)
    FigureCanvasAgg(figure)
    text = pixel_text(figure, 13.7, 5, "", 11, "black", **look)
    for words in ("of 20 neurons", "loss", "$f(x)$ at t = 3", "of 20 neurons"):
        assert drawn_width(text, words) == pytest.approx(text.get_window_extent().width, abs=1e-9)
        assert text.get_text() == words
