"""Labels are drawn as such: their signs, and the boundary where f crosses the level between them."""

import numpy as np

from pipeline.render.panels.parts.decision import crossings


def test_boundaries_are_where_the_polygon_changes_sign():
    """At any number of places; a corner that only touches the level is none, one that passes through is one."""
    x = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0])
    np.testing.assert_allclose(crossings(x, np.array([-1.0, 3.0, 1.0, -1.0, -1.0, 0.0, -2.0])), [-1.75, 0.5])
    np.testing.assert_allclose(crossings(x[:3], np.array([-1.0, 0.0, 1.0])), [-1.0])
    assert len(crossings(x[:3], np.zeros(3))) == 0
