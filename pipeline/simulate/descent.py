"""Gradient descent and its kin: what gradient flow idealises, iterate by iterate.

The gradient of a full batch costs O(m + K), as in gradient flow (kernels.py). A batch of B rows costs
O(m log B + B), because every neuron's run must be searched among the samples of each new batch.
"""

import math
from typing import NamedTuple

import numpy as np

from pipeline.compiled import compiled, inner
from pipeline.errors import InputError, SimulationError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.learning_rate import safe_rate
from pipeline.simulate.sampling import checked_times, new_frames, to_trajectory
from pipeline.simulate.solver.dense_output import Frames
from pipeline.simulate.solver.kernels import Problem, Sums, find_patterns, new_sums, velocity
from pipeline.simulate.solver.problem import make_problem
from pipeline.simulate.training import check_training
from pipeline.simulate.trajectory import Trajectory

CHUNK = 10_000_000  # neuron updates between two returns from the compiled loop: some hundredths of a second
DIVERGED = 1e10  # times the loss of f = 0 and of the start: more than any transient of a stable step
MOST_ITERATES = 2_000_000_000
ADAM = 0.9, 0.999, 1e-8  # decay of the two moments, and what keeps the step finite (Kingma & Ba 2015)
ADAM_RATE = 1e-3


class Rule(NamedTuple):
    """How an iterate follows from the gradient: step size, momentum, decoupled decay of Adam or −1 for no Adam."""

    rate: float
    momentum: float
    adam: bool
    decay: float
    limit: float


class Descent(NamedTuple):
    """A descent under way: θ, the first and second moments of its gradients (3m+1,), patterns (m,), scratch."""

    theta: np.ndarray
    slope: np.ndarray
    first: np.ndarray
    second: np.ndarray
    pattern: np.ndarray
    held: np.ndarray
    sums: Sums


class Batches:
    """An endless stream of batches: rows in random order, each once an epoch, and noise on their labels."""

    def __init__(self, rows: int, size: int, noise: float, seed: int):
        order, labels = np.random.SeedSequence(seed).spawn(2)
        self._order, self._labels = np.random.default_rng(order), np.random.default_rng(labels)
        self._rows, self.size, self._noise = rows, size, noise
        self._left = np.zeros(0, dtype=np.int64)

    def draw(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """The rows of the next `count` batches, sorted, and what is added to their labels: (count, B) each."""
        needed = count * self.size
        parts = [self._left]
        have = len(self._left)
        while have < needed:
            parts.append(self._order.permutation(self._rows))
            have += self._rows
        stream = np.concatenate(parts)
        self._left = stream[needed:]
        batches = np.sort(stream[:needed].reshape(count, self.size), axis=1)
        return batches, self._noise * self._labels.standard_normal(batches.shape)


def gradient_descent(
    network: Network,
    data: Data,
    times,
    learning_rate: float | None = None,
    *,
    batch_size: int | None = None,
    label_noise: float = 0.0,
    seed: int = 0,
    momentum: float = 0.0,
    adam: bool = False,
    weight_decay: float = 0.0,
    train: str = "all",
    output_bias: bool = False,
    progress=None,
) -> Trajectory:
    """The iterates of gradient descent on ½Σ(f(xₙ) − yₙ)² + ½λ‖θ‖²; training time is iterate × learning rate.

    times: (F,) nondecreasing; a frame shows the iterate at or before it. learning_rate: by default 1/trace of the
    tangent kernel at the start, 0.001 for Adam. batch_size: rows a step (their gradient is scaled by rows/batch, so
    that its mean is the full one); all by default. label_noise: standard deviation of fresh Gaussian noise on the
    labels of every step. seed: of batches and noise. momentum: of the heavy ball, g ← momentum·g + gradient.
    adam: Kingma & Ba's steps, with decoupled weight decay. train, output_bias, progress: as in gradient_flow.
    Raises InputError for unusable arguments, SimulationError at the iterate at which a descent diverges.
    """
    times = checked_times(times)
    check_training(weight_decay, train)
    check_steps(learning_rate, batch_size, label_noise, momentum, adam, len(data))
    problem = make_problem(data, 0.0 if adam else weight_decay, train, output_bias)
    descent = start_descent(network, problem)
    safe = safe_rate(network, data, 0.0 if adam else weight_decay, train, output_bias)
    rate = float(learning_rate if learning_rate is not None else ADAM_RATE if adam else safe)
    due = due_iterates(times, rate)
    rule = Rule(rate, float(momentum), bool(adam), float(weight_decay if adam else 0.0), loss_limit(network, data))
    frames = new_frames(times, len(network))
    batches = None
    if label_noise > 0 or (batch_size or len(data)) < len(data):
        batches = Batches(len(data), batch_size or len(data), label_noise, seed)
    run(descent, rule, problem, data, batches, due, frames, safe, progress)
    return to_trajectory(frames, data, f"{due[-1]} iterates at learning rate {rate:.4g}")


def check_steps(learning_rate, batch_size, label_noise, momentum, adam, rows) -> None:
    """InputError for a number out of range, or two rules at once."""
    if learning_rate is not None and not 0 < learning_rate < math.inf:
        raise InputError(f"learning_rate: {learning_rate} is not a number above 0")
    if batch_size is not None and not 1 <= batch_size <= rows:
        raise InputError(f"batch_size: {batch_size} is not between 1 and the number of rows, {rows}")
    if not 0 <= label_noise < math.inf:
        raise InputError(f"label_noise: {label_noise} is not a number from 0 on")
    if not 0 <= momentum < 1:
        raise InputError(f"momentum: {momentum} is not at least 0 and below 1")
    if adam and momentum:
        raise InputError(f"momentum: {momentum} has no meaning for Adam, which has its own; leave it at 0")


def due_iterates(times: np.ndarray, rate: float) -> np.ndarray:
    """The iterate at or before each time; times that are iterates but for rounding count as iterates."""
    iterates = np.floor(times / rate * (1 + 1e-12) + 1e-9)
    if iterates[-1] > MOST_ITERATES:
        raise InputError(
            f"learning_rate: {rate:g} takes {iterates[-1]:.3g} iterates to t = {times[-1]:g}; "
            f"at most {MOST_ITERATES:.3g} are allowed"
        )
    return iterates.astype(np.int64)


def start_descent(network: Network, problem: Problem) -> Descent:
    """Iterate 0."""
    m = len(network)
    theta = np.concatenate([network.w, network.b, network.v, [network.c]])
    pattern = np.zeros(m, dtype=np.uint32)
    return Descent(
        theta,
        np.zeros_like(theta),
        np.zeros_like(theta),
        np.zeros_like(theta),
        pattern,
        np.full(m, -1, dtype=np.int32),
        new_sums(len(problem.x), m),
    )


def loss_limit(network: Network, data: Data) -> float:
    """The loss at which a descent has diverged."""
    start = float(np.sum((network.evaluate(data.x) - data.y) ** 2))
    return DIVERGED * 0.5 * (start + float(np.sum(data.y**2)) + 1e-100)


def run(descent, rule, problem, data, batches, due, frames: Frames, safe, progress) -> None:
    """Iterate from frame to frame, in chunks."""
    m, done = len(descent.pattern), 0
    chunk = max(1, CHUNK // (m * (1 if batches is None else 8) + len(data)))
    room = None if batches is None else room_for_batch(problem, len(data), batches.size, m)
    for k, target in enumerate(due):
        while done < target:
            count = int(min(chunk, target - done))
            if batches is None:
                made = descend(descent, rule, problem, done, count)
            else:
                made = descend_on_batches(descent, rule, problem, *room, data.x, data.y, done, *batches.draw(count))
            if made < count:
                raise SimulationError(divergence(done + made, rule, safe))
            done += count
            if progress is not None:
                progress(done * rule.rate)
        frames.w[k], frames.b[k], frames.v[k] = descent.theta[:-1].reshape(3, m)
        frames.c[k] = descent.theta[-1]


def divergence(iterate: int, rule: Rule, safe: float) -> str:
    """One line about a descent that diverged."""
    return (
        f"iterate {iterate} (t = {iterate * rule.rate:.4g}): the descent diverged; lower dynamics.learning_rate "
        f"from {rule.rate:.4g}, to {safe:.2g} for example"
    )


@inner
def update(descent, rule, problem, iterate):
    """From the slope −∇ to the next iterate (number `iterate`, from 1)."""
    theta, slope, first, second = descent.theta, descent.slope, descent.first, descent.second
    if not rule.adam:
        for k in range(len(theta)):
            first[k] = rule.momentum * first[k] + slope[k]
            theta[k] += rule.rate * first[k]
        return
    decay1, decay2, least = ADAM
    fresh1, fresh2 = 1.0 - decay1**iterate, 1.0 - decay2**iterate
    m = len(descent.pattern)
    for k in range(len(theta)):
        first[k] = decay1 * first[k] + (1.0 - decay1) * slope[k]
        second[k] = decay2 * second[k] + (1.0 - decay2) * slope[k] * slope[k]
        learns = problem.hidden if k < 2 * m else problem.output if k < 3 * m else problem.bias
        theta[k] += rule.rate * (
            first[k] / fresh1 / (math.sqrt(second[k] / fresh2) + least) - learns * rule.decay * theta[k]
        )


@inner
def batch_loss(problem, sums):
    """½ Σ weight·(f − target)², from the forces weight·(f − target)."""
    total = 0.0
    for n in range(len(problem.x)):
        total += sums.force[n] * sums.force[n] / problem.weight[n]
    return 0.5 * total


@compiled
def descend(descent, rule, problem, done, count):
    """`count` iterates on the full batch; the number made before the loss passed its limit."""
    for k in range(count):
        find_patterns(descent.theta, problem.x, descent.pattern)
        velocity(descent.theta, descent.pattern, descent.held, problem, descent.sums, descent.slope)
        if not batch_loss(problem, descent.sums) <= rule.limit:
            return k
        update(descent, rule, problem, done + k + 1)
    return count


def room_for_batch(problem: Problem, rows: int, size: int, neurons: int) -> tuple[Problem, Sums]:
    """A problem of `size` rows, to be filled with those of a batch, and its sums."""
    weight = np.full(size, rows / size)
    return problem._replace(x=np.empty(size), target=np.empty(size), weight=weight), new_sums(size, neurons)


@compiled
def descend_on_batches(descent, rule, problem, batch, sums, x, y, done, rows, noise):
    """One iterate for every batch: rows, noise (count, B); the number made before the loss passed its limit."""
    count, size = rows.shape
    for k in range(count):
        for n in range(size):
            batch.x[n], batch.target[n] = x[rows[k, n]], y[rows[k, n]] + noise[k, n]
        find_patterns(descent.theta, batch.x, descent.pattern)
        velocity(descent.theta, descent.pattern, descent.held, batch, sums, descent.slope)
        if not batch_loss(batch, sums) <= rule.limit:
            return k
        update(descent, rule, problem, done + k + 1)
    return count
