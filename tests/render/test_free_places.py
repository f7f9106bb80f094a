"""Where nothing is drawn: found in pictures."""

import numpy as np
import pytest

from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.drawing.theme import style_for
from pipeline.render.panels.parts.free_places import Drawn

STYLE = style_for(ThemeConfig(), 160, 90)


@pytest.mark.parametrize("alpha", [255, 0])
def test_what_any_picture_draws_is_drawn_in_all_of_them_together(alpha):
    """The range of the bytes of all frames against frame after frame, in cells that do not fill the frame."""
    rng = np.random.default_rng(3)
    frames = np.full((5, 50, 71, 4), 255, np.uint8)
    for frame in frames:
        row, column = rng.integers(0, 40, 2)
        frame[row : row + 6, column : column + 9, :3] = rng.integers(0, 256, 3)
        frame[row : row + 3, column, 3] = alpha
    together = Drawn.of(iter(frames), STYLE, 7).ink
    each = [Drawn.of([frame], STYLE, 7).ink for frame in frames]
    assert 0 < together.mean() < 1
    np.testing.assert_array_equal(together, np.max(each, axis=0))
    np.testing.assert_array_equal(Drawn.of(iter(frames), STYLE, 7, usual=True).ink, np.mean(each, axis=0))
