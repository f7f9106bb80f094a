"""The compiled loops of a descent, from iterate to iterate, on the full batch or on a batch of rows each."""

from typing import Any, NamedTuple

import numpy as np

from pipeline.compiled import compiled, inner
from pipeline.simulate.solver.kernels import Problem, Sums, find_patterns, new_sums, velocity
from pipeline.simulate.solver.losses import twice_the_loss


class Descent(NamedTuple):
    """A descent under way: θ, −∇L, the rule's memory, settings, what learns, patterns (m,), scratch."""

    theta: np.ndarray
    slope: np.ndarray
    memory: np.ndarray
    settings: np.ndarray
    learns: np.ndarray
    pattern: np.ndarray
    held: np.ndarray
    sums: Sums
    limit: float  # the loss at which it has diverged


@inner
def batch_loss(problem: Problem, sums: Sums) -> float:
    """The loss of a batch."""
    return 0.5 * twice_the_loss(0.0, problem.loss, problem, sums)


@compiled
def iterate(descent: Descent, update: Any, problem: Problem, done: int, count: int) -> int:
    """`count` iterates on the full batch; the number made before the loss passed its limit."""
    theta, slope, memory, settings, learns = descent[:5]
    for k in range(count):
        find_patterns(theta, problem.x, descent.pattern)
        velocity(theta, descent.pattern, descent.held, problem, descent.sums, slope)
        if not batch_loss(problem, descent.sums) <= descent.limit:
            return k
        update(theta, slope, memory, settings, learns, done + k + 1)
    return count


def room_for_batch(problem: Problem, rows: int, size: int, neurons: int) -> tuple[Problem, Sums]:
    """A problem of `size` rows, to be filled with those of a batch, and its sums."""
    weight, target = np.full(size, rows / size), np.empty(size)
    batch = problem._replace(x=np.empty(size), target=target, weight=weight)
    if problem.loss is not None:
        batch = batch._replace(label=target, begin=np.arange(size + 1))
    return batch, new_sums(size, neurons, problem.loss)


@compiled
def iterate_on_batches(
    descent: Descent,
    update: Any,
    batch: Problem,
    sums: Sums,
    x: np.ndarray,
    y: np.ndarray,
    done: int,
    rows: np.ndarray,
    noise: np.ndarray,
) -> int:
    """One iterate for every batch: rows, noise (count, B); the number made before the loss passed its limit."""
    theta, slope, memory, settings, learns = descent[:5]
    count, size = rows.shape
    for k in range(count):
        for n in range(size):
            batch.x[n], batch.target[n] = x[rows[k, n]], y[rows[k, n]] + noise[k, n]
        find_patterns(theta, batch.x, descent.pattern)
        velocity(theta, descent.pattern, descent.held, batch, sums, slope)
        if not batch_loss(batch, sums) <= descent.limit:
            return k
        update(theta, slope, memory, settings, learns, done + k + 1)
    return len(rows)
