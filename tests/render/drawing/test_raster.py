"""Marks filled into a frame."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure

from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.drawing.marks import SHAPES, Marks
from pipeline.render.drawing.theme import DPI, style_for

SIDE = 200
PAPER_AND_HUE = "background", "rising"


def drawn(marks_of, outlines: bool) -> np.ndarray:
    """A frame with marks, filled by us or drawn by Matplotlib from their outlines: (SIDE, SIDE, 3) float."""
    figure = Figure(figsize=(SIDE / DPI, SIDE / DPI), dpi=DPI)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, SIDE), ylim=(0, SIDE))
    axes.set_axis_off()
    marks = Marks(axes, style_for(ThemeConfig(), 1920, 1080))
    marks_of(marks)
    if outlines:
        marks.draw = lambda renderer: marks._outlines(np.column_stack([marks.x, marks.y])).draw(renderer)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].astype(float)


@pytest.mark.parametrize("shape", range(len(SHAPES)))
@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("place", [(100.0, 100.0), (100.4, 99.7), (3.0, 197.0)])
def test_marks_look_as_matplotlib_draws_their_outlines(shape, held, place):
    def one(marks):
        marks.show(*(np.array([value]) for value in (*place, 900.0, shape, 1.0, held)))

    ours, theirs = drawn(one, False), drawn(one, True)
    difference = np.abs(ours - theirs)
    # The rim's outline tapers to its corners as the mark's does; only there may a pixel differ much.
    assert difference.mean() < 0.05 * np.abs(theirs - 255).mean() + 0.02
    assert np.mean(difference > 40) < 1e-3
    assert (ours != 255).any()


def test_covered_area_is_that_asked_for():
    def one(marks):
        marks.show(*(np.array([value]) for value in (100.3, 99.6, 500.0, 1, 1.0, False)))

    paper, hue = (255 * np.array(style_for(ThemeConfig(), 1920, 1080).rgba(name)[:3]) for name in PAPER_AND_HUE)
    cover = (paper - drawn(one, False)) @ (paper - hue) / np.sum((paper - hue) ** 2)
    assert np.isclose(cover.sum(), 500, rtol=0.01)


def test_a_held_mark_lies_in_a_halo_with_ground_between():
    """From its middle outwards one sees hue, paper, ink, paper."""

    def one(marks):
        marks.show(*(np.array([value]) for value in (100.5, 100.5, 900.0, 0, 1.0, True)))

    style = style_for(ThemeConfig(), 1920, 1080)
    row = drawn(one, False)[SIDE - 101, 100:]
    inks = np.array([255 * np.array(style.rgba(name)[:3]) for name in ("rising", "background", "foreground")])
    nearest = np.abs(row[:, None] - inks).sum(axis=2)
    seen = nearest.argmin(axis=1)[nearest.min(axis=1) < 30]
    assert [int(kind) for kind, before in zip(seen, [-1, *seen[:-1]], strict=True) if kind != before] == [0, 1, 2, 1]


def test_the_largest_lie_below():
    def two(marks):
        columns = [[100.0, 100.0], [100.0, 100.0], [100.0, 2500.0], [0, 0], [1.0, -1.0], [False, False]]
        marks.show(*(np.array(column) for column in columns))

    middle = drawn(two, False)[SIDE // 2, SIDE // 2]
    np.testing.assert_allclose(middle, 255 * np.array(style_for(ThemeConfig(), 1920, 1080).rgba("rising")[:3]), atol=1)


def test_marks_outside_the_frame_are_left_out():
    def three(marks):
        columns = [[-500.0, 900.0, 100.0], [100.0, -50.0, 1e5], [400.0] * 3, [1] * 3, [1.0] * 3, [False] * 3]
        marks.show(*(np.array(column) for column in columns))

    assert (drawn(three, False) == 255).all()


def test_what_is_not_covered_stays_as_it_is():
    """On a bare ground, whose pixels have a colour that an encoder blurs into what stands beside them."""
    rng, bare = np.random.default_rng(0), np.array([7, 8, 9, 0], np.uint8)
    axes = Figure(figsize=(SIDE / DPI, SIDE / DPI), dpi=DPI).add_axes((0, 0, 1, 1), xlim=(0, SIDE), ylim=(0, SIDE))
    marks = Marks(axes, style_for(ThemeConfig(), 1920, 1080))
    touched = np.zeros((SIDE, SIDE), dtype=bool)
    for _ in range(40):
        renderer = RendererAgg(SIDE, SIDE, DPI)
        frame = np.asarray(renderer.buffer_rgba())
        frame[:] = bare
        x, y = rng.uniform(0, SIDE, (2, 50))
        marks.show(x, y, rng.uniform(50, 900, 50), rng.integers(5, size=50), np.ones(50), np.zeros(50))
        marks.draw(renderer)
        unseen = frame[..., 3] == 0
        assert (frame[unseen] == bare).all()
        touched |= ~unseen
    assert touched.mean() > 0.9
