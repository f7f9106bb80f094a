"""Which samples hold knots, since when, and which way they bend together there."""

import numpy as np

from pipeline.render.film.film import Film

MANY = 10_000  # samples, of which a place each at every moment would fill the memory


class Holds:
    """What the S distinct samples of a film hold at its M moments.

    places: (S,) the samples, ascending, of more than MANY only those that ever hold; count: (M, S) how many neurons;
    held: (M, S) bool, whether any; jump: (M, S) sums of the slope jumps held; strong: (M, S) bool, where that is a bend
    one sees, of more than `least`; since: (M, S) the moment at which the present hold began.
    """

    def __init__(self, film: Film, least: float) -> None:
        self.film = film
        self.places, index = np.unique(film.x, return_inverse=True)
        caught = film.caught[film.moments]
        moment, neuron = np.nonzero(caught >= 0)
        if len(self.places) > MANY:
            ever = np.unique(index[caught[moment, neuron]])
            self.places, index = self.places[ever], np.searchsorted(ever, index)
        shape = len(caught), len(self.places)
        cell = moment * shape[1] + index[caught[moment, neuron]]
        size = shape[0] * shape[1]
        self.count = np.bincount(cell, minlength=size).reshape(shape)
        self.held = self.count > 0
        self.jump = np.bincount(cell, film.jump[film.moments[moment], neuron], size).reshape(shape)
        self.strong = self.held & (np.abs(self.jump) > least)
        begins = self.held & ~np.vstack([np.zeros((1, shape[1]), dtype=bool), self.held[:-1]])
        self.since = np.maximum.accumulate(np.where(begins, np.arange(shape[0])[:, None], 0), axis=0)

    def moment(self, frame: int) -> int:
        """The row of a frame in the arrays."""
        return int(self.film.moment_of_each[frame])

    def seen(self, frame: int) -> tuple[np.ndarray, np.ndarray]:
        """Places (K,) of the samples at which a bend is held in a frame, ascending, and the slope jumps (K,) there."""
        row = self.moment(frame)
        strong = self.strong[row]
        return self.places[strong], self.jump[row, strong]
