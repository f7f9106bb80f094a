"""What a plane leaves out is told in words that stand long enough to be read."""

import numpy as np
import pytest

from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.drawing.steady import stepped
from pipeline.render.drawing.theme import style_for
from pipeline.render.panels.parts.edges import EdgeCounts
from pipeline.render.panels.parts.window import Window

FPS = 10


@pytest.fixture
def counts():
    from matplotlib.figure import Figure

    axes = Figure(figsize=(8, 3), dpi=72).add_axes((0, 0, 1, 1))
    return EdgeCounts(axes, style_for(ThemeConfig(), 576, 216))


def test_every_point_is_shown_or_beyond_one_side():
    rng = np.random.default_rng(0)
    x, y = 3 * rng.normal(size=(2, 50, 40))
    x[:, :2] = np.inf, -np.inf
    window = Window((-1, 1), (-1, 1))
    sides = np.stack(list(window.beyond(x, y).values()))
    np.testing.assert_array_equal(sides.sum(axis=0) + window.holds(x, y), 1)


def test_sides_are_named_where_there_is_something_beyond(counts):
    x, y = np.array([[-2.0, 2.0, 3.0, 0.0, 0.0]] * 40), np.array([[5.0, 0.0, 0.0, 5.0, 0.0]] * 40)
    counts.settle(Window((-1, 1), (-1, 1)), x, y, FPS)
    assert set(counts.words) == {"not shown: 1 left, 2 right, 1 above"}
    counts.show(3)
    assert counts.text.words == ["not shown: 1 left, 2 right, 1 above"]


def test_a_point_that_crosses_the_edge_again_and_again_makes_no_words_blink(counts):
    way = np.where(np.arange(200) % 3 == 0, 2.0, 0.0)[:, None]
    counts.settle(Window((-1, 1), (-1, 1)), way, 0 * way, FPS)
    shown = np.array([bool(words) for words in counts.words])
    assert np.abs(np.diff(shown.astype(int))).sum() <= 10
    changes = sum(one != other for one, other in zip(counts.words, counts.words[1:], strict=False))
    assert changes <= 40  # two a second


@pytest.mark.parametrize("frames", [1, 4, 5, 37])
def test_numbers_stand_for_half_a_second(frames):
    numbers = np.random.default_rng(0).integers(0, 9, (frames, 3))
    shown = stepped(numbers, FPS)
    assert shown.shape == numbers.shape
    changed = np.flatnonzero((np.diff(shown, axis=0) != 0).any(axis=1))
    assert (np.diff(changed) >= 5).all()
    np.testing.assert_array_equal(stepped(np.full((frames, 2), 7), FPS), 7)
