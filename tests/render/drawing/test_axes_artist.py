"""Where an artist's points are in pixels, whatever becomes of its axes."""

import numpy as np
from matplotlib.figure import Figure

from pipeline.render.drawing.axes_artist import AxesArtist


def test_points_in_pixels_are_those_of_matplotlib_whatever_changes():
    axes = Figure(figsize=(3.21, 1.97), dpi=72).add_axes((0.113, 0.17, 0.8, 0.7))
    artist = AxesArtist(axes)
    points = np.random.default_rng(0).uniform(0.1, 2.0, (20, 2))
    changes = [
        lambda: None,
        lambda: axes.set_xlim(-1, 3),
        lambda: axes.set_ylim(5, -2),
        lambda: axes.set_position((0.2, 0.1, 0.5, 0.6)),
        lambda: axes.set_yscale("log"),
        lambda: axes.set_ylim(0.01, 20),
        lambda: axes.set_yscale("linear"),
        lambda: axes.figure.set_size_inches(5, 4),
        lambda: axes.figure.set_dpi(100),
    ]
    seen = []
    for change in changes:
        change()
        for _ in range(2):
            np.testing.assert_array_equal(artist.in_pixels(points), axes.transData.transform(points))
        seen.append(artist.in_pixels(points).tobytes())
    assert len(set(seen)) == len(changes)
