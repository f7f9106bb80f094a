"""Curves and circles that are prepared quickly, against Matplotlib's own."""

import io

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from pipeline.render.drawing.canvas import Canvas
from pipeline.render.drawing.circles import Circles, _draw
from pipeline.render.drawing.polyline import Polyline

X, Y = np.linspace(-0.2, 1.2, 40), np.sin(9 * np.linspace(-0.2, 1.2, 40))


def empty_axes():
    """Axes of their own beyond which the curve goes on."""
    axes = Figure(figsize=(3.21, 1.97), dpi=72).add_axes((0.113, 0.17, 0.8, 0.7))
    axes.set(xlim=(0, 1), ylim=(-0.9, 0.7))
    return axes


def ours(axes):
    line = Polyline(axes, "C1", 2.7)
    line.show(X, Y)
    return [line, Circles(axes, X, Y, 7.3, "C2", 1.3)]


def theirs(axes):
    look = {"solid_capstyle": "round", "solid_joinstyle": "round"}
    (line,) = axes.plot(X, Y, color="C1", lw=2.7, **look)
    (circles,) = axes.plot(X, Y, "o", ms=7.3, mfc="none", mec="C2", mew=1.3, clip_on=False)
    axes.set(xlim=(0, 1), ylim=(-0.9, 0.7))
    return [line, circles]


@pytest.mark.parametrize("cut", [False, True])
def test_they_look_as_matplotlib_draws_them(cut):
    pictures = []
    for made in (ours, theirs):
        axes = empty_axes()
        artists = made(axes)
        if cut:
            artists[0].set_clip_path(Rectangle((0, 0), 1, 0.8, transform=axes.transAxes))
        pictures.append(Canvas(axes.figure, artists, []).draw_plain().astype(int))
    assert np.ptp(pictures[0]) > 200
    assert np.abs(pictures[0] - pictures[1]).max() <= 1


@pytest.mark.parametrize("opacity", [0, 77, 255])
@pytest.mark.parametrize(("diameter", "width"), [(15.0, 1.5), (4.2, 1.1), (7.6, 2.4)])
def test_circles_are_byte_for_byte_those_of_matplotlib_on_any_ground(diameter, width, opacity):
    rng = np.random.default_rng(0)
    ground = rng.integers(0, 256, (90, 120, 4), dtype=np.uint8)
    ground[..., 3] = opacity
    places = rng.uniform((-5, -5), (125, 95), (60, 2))  # some over others, some over the edges
    frames = []
    for draw in (Circles.draw, lambda circles, renderer: _draw(renderer, circles._places, diameter, width, "#3b6ea8")):
        figure = Figure(figsize=(1.2, 0.9), dpi=100)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 120), ylim=(0, 90))
        circles = Circles(axes, *places.T, diameter, "#3b6ea8", width)
        circles._places = axes.transData.transform(places)
        renderer = RendererAgg(120, 90, 100)
        np.asarray(renderer.buffer_rgba())[:] = ground
        draw(circles, renderer)
        frames.append(np.asarray(renderer.buffer_rgba()).copy())
    assert (frames[0] != ground).any()
    np.testing.assert_array_equal(*frames)


def test_circles_far_beyond_every_frame_are_left_out():
    places = [[np.nan, 1.0], [np.inf, 3.0], [1e300, 2.0], [-1e19, 5.0], [30.0, 40.0]]
    frames = []
    for some in (places, places[-1:]):
        figure = Figure(figsize=(1.2, 0.9), dpi=100)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 120), ylim=(0, 90))
        frames.append(Canvas(figure, [Circles(axes, *np.array(some).T, 15.0, "C1", 1.5)], []).draw().copy())
    np.testing.assert_array_equal(*frames)


def test_what_they_say_they_draw_on_is_all_that_they_draw_on():
    axes = empty_axes()
    line, circles = ours(axes)
    canvas = Canvas(axes.figure, [line, circles], [])
    for shift in (0.0, 0.3, -0.3, 0.0):
        line.show(X, Y + shift)
        np.testing.assert_array_equal(canvas.draw().copy(), canvas.draw_plain())
    line.show(np.zeros(0), np.zeros(0))
    np.testing.assert_array_equal(canvas.draw().copy(), canvas.draw_plain())


def test_they_are_drawn_as_outlines_where_there_are_no_pixels():
    axes, file = empty_axes(), io.BytesIO()
    Canvas(axes.figure, ours(axes), [])
    axes.figure.savefig(file, format="svg")
    assert b"<image" not in file.getvalue()
    assert file.getvalue().count(b"<use") >= len(X)
