"""The canvas on a figure of its own: cached ground, moving artists, growing histories."""

import io
import math

import numpy as np
import pytest
from matplotlib.figure import Figure

from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.drawing.canvas import Canvas
from pipeline.render.drawing.history import History
from pipeline.render.drawing.outlined_text import OutlinedText, outline
from pipeline.render.drawing.theme import style_for


def wave(colour: str, future: str = "0.8", falling: bool = False):
    """A wave in `colour` where past and `future` where to come, with a dot that may move: canvas, history, dot.

    falling: whether it runs down and not to the right.
    """
    figure = Figure(figsize=(3.21, 1.97), dpi=72)
    axes = figure.add_axes((0.113, 0.17, 0.8, 0.7))
    x = np.linspace(0, 1, 200)
    ends = (np.sin(9 * x), x) if falling else (x, np.sin(9 * x))
    lines = [axes.plot(*ends, color=c, lw=w)[0] for c, w in ((colour, 4.5), (future, 2.3))]
    (dot,) = axes.plot([0.2], [0], "o")
    if falling:
        axes.invert_yaxis()
    history = History(axes, lines[:1], lines[1:], falling=falling)
    return Canvas(figure, [dot], [history]), history, dot


@pytest.mark.parametrize("falling", [False, True])
def test_fast_equals_plain_in_any_order(falling):
    canvas, history, dot = wave("C3", falling=falling)
    other, other_history, other_dot = wave("C3", falling=falling)
    for position in (0.0, 0.31, 0.3, 0.95, 1.0, -0.5, 2.0, 0.5):
        history.position = other_history.position = position
        for artist in (dot, other_dot):
            artist.set_data([position], [math.sin(9 * position)])
        np.testing.assert_array_equal(canvas.draw(), other.draw_plain(), err_msg=f"at {position}")


def test_a_history_is_past_left_of_its_column_and_future_right_of_it():
    canvas, history, _ = wave("C3")
    pictures = {}
    for position in (-math.inf, 0.4, math.inf):
        history.position = position
        pictures[position] = canvas.draw_plain()
    history.position = 0.4
    first, split, end = history.span()
    assert first < split < end
    np.testing.assert_array_equal(pictures[0.4][:, :split], pictures[math.inf][:, :split])
    np.testing.assert_array_equal(pictures[0.4][:, split:], pictures[-math.inf][:, split:])
    assert (pictures[math.inf] != pictures[-math.inf]).any()


def test_a_falling_history_is_past_above_its_row_and_future_under_it():
    canvas, history, _ = wave("C3", falling=True)
    pictures = {}
    for position in (-math.inf, 0.4, math.inf):
        history.position = position
        pictures[position] = canvas.draw_plain()
    history.position = 0.4
    first, split, end = history.span()
    assert first < split < end
    np.testing.assert_array_equal(pictures[0.4][:split], pictures[math.inf][:split])
    np.testing.assert_array_equal(pictures[0.4][split:], pictures[-math.inf][split:])
    assert len(pictures[0.4]) - split == round(history.axes.transData.transform((0, 0.4))[1])


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("suffix", ["svg", "pdf"])
def test_without_pixels_past_and_future_are_cut_at_the_same_line(falling, suffix):
    canvas, history, _ = wave("C3", falling=falling)
    history.position = 0.4
    canvas.agg.figure.savefig(io.BytesIO(), format=suffix)
    past, future = (artists[0].get_clip_box().extents for artists in (history.past, history.future))
    side = 1 if falling else 0
    split = history.axes.transData.transform((0.4, 0.4))[side]
    seam = (past[1], future[3]) if falling else (past[2], future[0])
    assert seam[0] == seam[1] == pytest.approx(split, abs=0.6)
    assert (past[1] > future[1]) if falling else (past[0] < future[0])


def test_a_complete_history_equals_the_line_alone():
    """Drawn without any composition at all."""
    canvas, history, dot = wave("C0", future="none")
    history.position = math.inf
    bare = Figure(figsize=(3.21, 1.97), dpi=72)
    axes = bare.add_axes((0.113, 0.17, 0.8, 0.7))
    x = np.linspace(0, 1, 200)
    axes.plot(x, np.sin(9 * x), color="C0", lw=4.5)
    axes.plot(*dot.get_data(), "o", color=dot.get_color())
    axes.set_xlim(history.axes.get_xlim())
    axes.set_ylim(history.axes.get_ylim())
    np.testing.assert_array_equal(canvas.draw(), Canvas(bare, [], []).draw_plain())


def test_frames_share_one_buffer():
    canvas, history, _ = wave("C3")
    one = canvas.draw()
    history.position = 0.9
    assert np.shares_memory(one, canvas.draw())


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_digits_stand_in_fixed_places(align):
    """Any word of as many digits is as wide, so that a clock does not jump."""
    style = style_for(ThemeConfig(), 640, 360)
    figure = Figure(figsize=(6.4, 3.6), dpi=72)
    figures = OutlinedText(figure, style, "foreground", 20)
    figures.show(["0.12", "0.88", "5 ▸"], [100, 100, 100], [50, 60, 70], align)
    one, other, _ = figures.boxes()
    assert one.x0 == pytest.approx(other.x0, abs=2)
    assert one.x1 == pytest.approx(other.x1, abs=2)
    zero = outline("0", "left", style.theme.font).get_extents().x0
    assert outline("0.5", "left", style.theme.font).get_extents().x0 == zero
