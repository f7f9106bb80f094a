"""Where nothing is drawn: found in pictures."""

import numpy as np
import pytest
from matplotlib.transforms import Bbox

from pipeline.config.schema.theme import ThemeConfig
from pipeline.render.drawing.theme import style_for
from pipeline.render.panels.parts.free_places import Drawn

STYLE = style_for(ThemeConfig(), 71, 50)


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


def test_of_a_region_all_is_found_that_the_whole_frame_shows_there():
    rng = np.random.default_rng(4)
    frames = np.full((3, 50, 71, 4), 255, np.uint8)
    frames[:, ::9, ::7, :3] = rng.integers(0, 200, (3, 6, 11, 3))
    whole = Drawn.of(iter(frames), STYLE, 7).ink
    for ends in ((20, 10, 60, 33), (0, 0, 71, 50), (-9, 40, 80, 60), (14, 21, 28, 35)):
        x0, y0, x1, y1 = np.clip(ends, 0, (71, 50, 71, 50))
        rows, columns = slice(y0 // 7, -(-y1 // 7)), slice(x0 // 7, -(-x1 // 7))
        found = Drawn.of(iter(frames), STYLE, 7, Bbox.from_extents(*ends)).ink
        np.testing.assert_array_equal(found[rows, columns], whole[rows, columns])
        found[rows, columns] = 0
        assert not found.any()


def test_a_line_crosses_the_cells_that_it_goes_through():
    drawn = Drawn(np.eye(5), 2.0)
    starts, stops = np.array([[0.0, 0.0], [0.0, 9.0], [5.0, -20.0]]), np.array([[9.9, 9.9], [9.9, 9.0], [5.0, 30.0]])
    each = [drawn.along(starts[k : k + 1], stops[k : k + 1])[0] for k in range(3)]
    np.testing.assert_array_equal(drawn.along(starts, stops), each)
    assert each[0] > 4
    assert each[1] == each[2] == 1
