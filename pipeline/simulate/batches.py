"""Batches of rows for stochastic descents."""

import numpy as np


class Batches:
    """An endless stream of batches: rows in random order, each once an epoch, and noise on their labels.

    A batch that two epochs share holds no row twice: those that the first one leaves over come later in the second.
    """

    def __init__(self, rows: int, size: int, noise: float, seed: int):
        order, labels = np.random.SeedSequence(seed).spawn(2)
        self._order, self._labels = np.random.default_rng(order), np.random.default_rng(labels)
        self._rows, self.size, self._noise = rows, size, noise
        self._left = np.zeros(0, dtype=np.int64)

    def draw(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """The rows of the next `count` batches, sorted, and what is added to their labels: (count, B) each."""
        needed = count * self.size
        parts, have = [self._left], len(self._left)
        while have < needed:
            parts.append(self._epoch(parts[-1], have % self.size))
            have += self._rows
        stream = np.concatenate(parts)
        self._left = stream[needed:]
        batches = np.sort(stream[:needed].reshape(count, self.size), axis=1)
        return batches, self._noise * self._labels.standard_normal(batches.shape)

    def _epoch(self, before: np.ndarray, begun: int) -> np.ndarray:
        """(rows,) all rows in random order, of which those that fill the batch begun hold none of its last rows.

        before: the rows that come first; begun: how many of its last ones are in a batch that is not full.
        """
        order = self._order.permutation(self._rows)
        if not begun:
            return order
        others = np.flatnonzero(~np.isin(order, before[-begun:]))[: self.size - begun]
        return np.concatenate([order[others], np.delete(order, others)])
