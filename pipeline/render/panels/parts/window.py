"""What a panel shows: by its axes alone it is decided what is drawn and what is counted as beyond an edge."""

from dataclasses import dataclass

import numpy as np

from pipeline.render.film.limits import within

SIDES = "left", "right", "above", "below"


@dataclass(frozen=True)
class Window:
    """x, y: from where to where, in units of the axes. All that is drawn there is whole and under no words."""

    x: tuple[float, float]
    y: tuple[float, float]

    def holds(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """(K,) bool: which of the points x, y (K,) are shown."""
        shown: np.ndarray = within(x, self.x) & within(y, self.y)
        return shown

    def beyond(self, x: np.ndarray, y: np.ndarray) -> dict[str, np.ndarray]:
        """By side, (…) bool: which of the points x, y (…) lie beyond it, each at most beyond one; those at infinity do.

        What is left or right of all that is shown is neither above nor below.
        """
        across = within(x, self.x)
        beyond = x < self.x[0], x > self.x[1], across & (y > self.y[1]), across & (y < self.y[0])
        return dict(zip(SIDES, beyond, strict=True))
