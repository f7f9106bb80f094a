"""The canvas on a figure of its own: cached ground, moving artists, growing histories."""

import io
import math

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.transforms import IdentityTransform

from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.cells import TALL, WIDE
from pipeline.render.drawing.areas import Areas
from pipeline.render.drawing.canvas import Canvas
from pipeline.render.drawing.extents import extents
from pipeline.render.drawing.history import History
from pipeline.render.drawing.marks import Marks
from pipeline.render.drawing.outlined_text import OutlinedText, outline
from pipeline.render.drawing.styled_figure import StyledFigure
from pipeline.render.drawing.theme import style_for
from pipeline.render.drawing.uprights import Uprights


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


@pytest.mark.parametrize("apart", [-3.0, 0.0, 2.4, 4.0, 15.0])
def test_axes_beside_a_history_are_drawn_where_they_may_reach_into_it(apart):
    """Twice, with spines of 5 px, at some distance in px."""
    canvases = []
    for _ in range(2):
        canvas, history, _ = wave("C3")
        figure, low = canvas.agg.figure, history.axes.bbox.y0
        beside = figure.add_axes((0.113, 0.0, 0.8, (low - apart) / figure.bbox.height))
        for spine in beside.spines.values():
            spine.set_linewidth(5)
        history.position = 0.4
        canvases.append(canvas)
    np.testing.assert_array_equal(canvases[0].draw(), canvases[1].draw_plain())


def test_what_interrupts_the_drawing_of_what_stands_still_leaves_all_in_sight(monkeypatch):
    canvas, history, _ = wave("C3")
    canvas.agg.figure.add_axes((0.0, 0.0, 0.05, 0.05))
    history.position = 0.4
    expected = canvas.draw_plain()
    drawn, ground_at = [], canvas._ground_at

    def failing(position):
        drawn.append(position)
        if len(drawn) == 2:
            raise KeyboardInterrupt
        return ground_at(position)

    monkeypatch.setattr(canvas, "_ground_at", failing)
    with pytest.raises(KeyboardInterrupt):
        canvas.draw()
    history.position = 0.4
    np.testing.assert_array_equal(canvas.draw(), expected)


def test_a_figure_that_was_saved_in_another_size_is_drawn_in_its_own():
    canvas, history, _ = wave("C3")
    history.position = 0.4
    expected = canvas.draw().copy()
    for dpi in (50, 144):
        canvas.agg.figure.savefig(io.BytesIO(), format="png", dpi=dpi)
        np.testing.assert_array_equal(canvas.draw(), expected)


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


def of_every_kind(axes, style):
    """What moves artists of a kind to random places, by kind: among them such as say where they draw, and others."""
    line, spiky, dashed, both, dots, steps = (
        axes.plot([], [], **look)[0]
        for look in (
            {"lw": 7, "solid_joinstyle": "round", "dash_joinstyle": "round"},
            {"lw": 5, "solid_joinstyle": "miter"},
            {"lw": 3, "ls": "--"},
            {"marker": "s", "ms": 9},
            {"marker": "v", "ls": "none", "ms": 13, "mew": 3},
            {"drawstyle": "steps"},
        )
    )
    marks, words = Marks(axes, style), OutlinedText(axes, style, "foreground", 20)
    uprights = Uprights(axes, style, 3.0)
    shapes = PolyCollection([], edgecolors="k", lw=4, transform=IdentityTransform())
    axes.figure.add_artist(shapes)
    areas = Areas(axes.figure, style.rgba("rising", 0.4), 3.0)
    label = axes.text(0, 0, "words")
    segments = LineCollection([], lw=3)
    axes.add_collection(segments)

    def place(draw):
        x, y = 1.4 * draw.random((2, 4)) - 0.2  # some of it beyond the axes
        for each in (line, spiky, dashed, both, dots, steps):
            each.set_data(x, y)
        marks.show(x, y, 300 * draw.random(4), draw.integers(5, size=4), x - 0.5, draw.random(4) < 0.5)
        words.show(["0.25", "Wag"], *(200 * draw.random((2, 2))))
        uprights.show(x, y, draw.random(4), ["rising", "falling", "rising", "falling"])
        shapes.set_verts([150 * draw.random((3, 2)), 150 * draw.random((5, 2))])
        areas.show([150 * draw.random((3, 2)), 150 * draw.random((5, 2))])
        label.set_position((x[0], y[0]))
        segments.set_segments([np.column_stack([x, y])])

    confined = [line, spiky, dashed, dots, marks, words, uprights, shapes, areas]
    return confined, [both, steps, label, segments], place


@pytest.mark.parametrize("kind", range(13))
def test_whatever_moves_leaves_nothing_behind_and_is_told_of(kind):
    style = style_for(ThemeConfig(), 320, 180)
    figure = StyledFigure(style)
    axes = figure.add_axes((0.2, 0.2, 0.5, 0.6), xlim=(0, 1), ylim=(0, 1))
    confined, others, place = of_every_kind(axes, style)
    artist = (confined + others)[kind]
    for other in confined + others:
        if other is not artist:
            other.remove()
    canvas, draw = Canvas(figure, [artist], []), np.random.default_rng(kind)
    for _ in range(8):
        place(draw)
        before = canvas.draw().copy()
        assert (extents(artist) is None) == (artist in others)
        canvas.take_changed()
        for _ in range(2):  # the first time after `draw_plain` all may have changed
            place(draw)
            frame = canvas.draw().copy()
            changed = canvas.take_changed().repeat(TALL, axis=0).repeat(WIDE, axis=1)[:180, :320]
            assert changed[(frame != before).any(axis=2)].all()
            before = frame
        np.testing.assert_array_equal(frame, canvas.draw_plain())
