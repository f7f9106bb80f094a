"""Gradient descent and its kin: what gradient flow idealises, iterate by iterate.

The gradient of a full batch costs O(m + K), as in gradient flow (kernels.py). A batch of B rows costs
O(m log B + B), because every neuron's run must be searched among the samples of each new batch.
What makes an iterate of the gradient is an update rule, a function that the compiled loops take as an argument.
"""

import math
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numba import cfunc, types
from numba.core.ccallback import CFunc
from numba.experimental import function_type  # noqa: F401  # with which loops know the type of a CFunc

from pipeline.compiled import STRICT, cache_on_disk, hash_of_sources
from pipeline.errors import InputError, SimulationError
from pipeline.model.activation import LEAK, activated
from pipeline.model.arguments import check_number, check_whole
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.arguments import check_settings, check_subjects
from pipeline.simulate.batches import Batches
from pipeline.simulate.iterates import Descent, iterate, iterate_on_batches, room_for_batch
from pipeline.simulate.learning_rate import safe_rate
from pipeline.simulate.loss import SQUARED, check_loss
from pipeline.simulate.moments import most_moments, straightened
from pipeline.simulate.sampling import checked_times, new_frames, to_trajectory
from pipeline.simulate.solver.dense_output import Frames
from pipeline.simulate.solver.kernels import Problem, new_sums
from pipeline.simulate.solver.problem import make_problem
from pipeline.simulate.training import check_training
from pipeline.simulate.trajectory import Trajectory

CHUNK = 10_000_000  # neuron updates between two returns from the compiled loop: some hundredths of a second
DIVERGED = 1e10  # times the loss of f = 0 and of the start: more than any transient of a stable step
MOST_ITERATES = 2_000_000_000
RATE, DECAY, OWN = 0, 1, 2  # places in an update's settings
_NUMBERS = types.float64[::1]
UPDATE = types.void(_NUMBERS, _NUMBERS, types.float64[:, ::1], _NUMBERS, _NUMBERS, types.int64)

Update = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, int], None]


@dataclass(frozen=True)
class Rule:
    """How an iterate follows from the gradient.

    update: a function that Numba can compile of (theta, slope, memory, settings, learns, iterate), which changes
    theta (3m+1,), in the order w, b, v, c, to its next value; slope (3m+1,) is −∇L; memory (S, 3m+1) is its own,
    zeros at first; settings are the learning rate, the weight decay and the values of `own`; learns (3m+1,) is 1.0
    where a parameter learns, else 0.0; iterate counts from 1.
    own: names of further settings; memory: S; rate: the learning rate unless one is given, None for 1/trace of the
    tangent kernel at the start; decoupled: whether the update itself applies the weight decay, else it is part of L.
    """

    update: Update
    own: tuple[str, ...] = ()
    memory: int = 1
    rate: float | None = None
    decoupled: bool = False


def descend(
    rule: Rule,
    network: Network,
    data: Data,
    times: Any,
    learning_rate: float | None = None,
    *,
    batch_size: int | None = None,
    label_noise: float = 0.0,
    seed: int = 0,
    weight_decay: float = 0.0,
    train: str = "all",
    output_bias: bool = False,
    loss: str = SQUARED,
    activation: str | None = None,
    leak: float = LEAK,
    progress: Callable[[float], None] | None = None,
    **own: float,
) -> Trajectory:
    """The iterates of a rule on Σℓ(f(xₙ), yₙ) + ½λ‖θ‖²; training time is iterate × learning rate.

    times: (F,) nondecreasing; a frame shows the iterate at or before it. A number: the end time, for the moments of the
    run, which are all its iterates or, where they are too many, some from all over linear and logarithmic time; without
    noise only those between which it is no straight line (moments.py). learning_rate: the rule's unless given.
    batch_size: rows a step (their gradient is scaled by rows/batch, so that its mean is the full one); all by default.
    label_noise: standard deviation of fresh Gaussian noise on the labels of every step. seed: of batches and noise.
    own: the rule's own settings. train, output_bias, loss, activation, leak, progress: as in gradient_flow.
    Raises InputError for unusable arguments, SimulationError at the iterate at which a descent diverges.
    """
    check_subjects(network, data)
    given = checked_times(times)
    check_training(weight_decay, train)
    check_settings(output_bias, progress)
    check_steps(learning_rate, batch_size, label_noise, len(data))
    coupled, decoupled = (0.0, weight_decay) if rule.decoupled else (weight_decay, 0.0)
    check_loss(loss, data)
    network = activated(network, activation, leak)
    problem = make_problem(data, coupled, train, output_bias, network.inactive, loss)
    safe = safe_rate(network, data, coupled, train, output_bias, loss)
    rate = float(learning_rate or own_rate(rule, network, data, weight_decay, train, output_bias, loss))
    due = due_iterates(given, rate)
    if np.ndim(times) == 0:
        due, given = spread_iterates(due[-1], rate, given[-1], most_moments(len(network)))
    settings = np.array([rate, decoupled, *(own[name] for name in rule.own)])
    descent = start_descent(network, problem, settings, rule.memory, loss_limit(network, data))
    batches = None
    if label_noise > 0 or (batch_size or len(data)) < len(data):
        batches = Batches(len(data), batch_size or len(data), label_noise, seed)
    frames = new_frames(given, len(network))
    run(descent, compiled_update(rule.update), problem, data, batches, due, frames, safe, progress)
    states = frames if np.ndim(times) or batches else straightened(frames, data, network.inactive, loss)
    outcome = f"{due[-1]} iterates at learning rate {rate:.4g}"
    return to_trajectory(states, data, outcome, inactive=network.inactive, loss=loss)


@cache
def compiled_update(update: Update) -> Any:
    """An update in the form in which the loops take it, cached on disk.

    The loops are compiled once, whichever update they are given. One of a user's may make arrays, and Numba keeps it.
    """
    if hash_of_sources(update.__module__) is None:
        with suppress(RuntimeError):  # there is no folder to write to
            return cfunc(UPDATE, cache=True, error_model="numpy")(update)
        return cfunc(UPDATE, error_model="numpy")(update)
    made: Any = CFunc(update, (UPDATE.args, UPDATE.return_type), {}, STRICT)
    made._cache = cache_on_disk(update)
    made.compile()
    return made


def own_rate(
    rule: Rule,
    network: Network,
    data: Data,
    weight_decay: float = 0.0,
    train: str = "all",
    output_bias: bool = False,
    loss: str = SQUARED,
) -> float:
    """The learning rate of a rule where none is given."""
    return rule.rate or safe_rate(network, data, 0.0 if rule.decoupled else weight_decay, train, output_bias, loss)


def check_steps(learning_rate: float | None, batch_size: int | None, label_noise: float, rows: int) -> None:
    """InputError for what is no number, and for one out of range."""
    check_number("label_noise", label_noise)
    if learning_rate is not None:
        check_number("learning_rate", learning_rate)
    if batch_size is not None:
        check_whole("batch_size", batch_size)
    if learning_rate is not None and not 0 < learning_rate < math.inf:
        raise InputError(f"`learning_rate` = {learning_rate}: is not a number above 0")
    if batch_size is not None and not 1 <= batch_size <= rows:
        raise InputError(f"`batch_size` = {batch_size}: is not between 1 and the number of rows, {rows}")
    if not 0 <= label_noise < math.inf:
        raise InputError(f"`label_noise` = {label_noise}: is not a number from 0 on")


def due_iterates(times: np.ndarray, rate: float) -> np.ndarray:
    """The iterate at or before each time; times that are iterates but for rounding count as iterates."""
    iterates = np.floor(times / rate * (1 + 1e-12) + 1e-9)
    if iterates[-1] > MOST_ITERATES:
        raise InputError(
            f"`learning_rate` = {rate:g}: takes {iterates[-1]:.3g} iterates to t = {times[-1]:g}; "
            f"at most {MOST_ITERATES:.3g} are allowed"
        )
    return iterates.astype(np.int64)


def spread_iterates(last: int, rate: float, end: float, most: int) -> tuple[np.ndarray, np.ndarray]:
    """All iterates up to the last, or at most so many from all over linear and logarithmic time; and their times.

    The last is that of the end, before which it rests.
    """
    due = np.arange(last + 1)
    if len(due) > most - 1:
        spread = np.append(np.linspace(0, last, most // 2), np.geomspace(1, last, most // 2 - 2))
        due = np.unique(spread.round().astype(np.int64))
    times = np.minimum(due * rate, end)
    return (due, times) if times[-1] == end else (np.append(due, last), np.append(times, end))


def start_descent(network: Network, problem: Problem, settings: np.ndarray, memory: int, limit: float) -> Descent:
    """Iterate 0."""
    m = len(network)
    theta = np.concatenate([network.w, network.b, network.v, [network.c]])
    learns = np.repeat([problem.hidden, problem.output, problem.bias], [2 * m, m, 1])
    pattern, held = np.zeros(m, dtype=np.uint32), np.full(m, -1, dtype=np.int32)
    sums, kept = new_sums(len(problem.x), m, problem.loss), np.zeros((memory, len(theta)))
    return Descent(theta, np.zeros_like(theta), kept, settings, learns, pattern, held, sums, limit)


def loss_limit(network: Network, data: Data) -> float:
    """The loss at which a descent has diverged: any other loss is at most of the order of these squares."""
    start = float(np.sum((network.evaluate(data.x) - data.y) ** 2))
    return DIVERGED * 0.5 * (start + float(np.sum(data.y**2)) + 1e-100)


def run(
    descent: Descent,
    update: Any,
    problem: Problem,
    data: Data,
    batches: Batches | None,
    due: np.ndarray,
    frames: Frames,
    safe: float,
    progress: Callable[[float], None] | None,
) -> None:
    """Iterate from frame to frame, in chunks; update: compiled."""
    m, done, rate = len(descent.pattern), 0, float(descent.settings[RATE])
    chunk = max(1, CHUNK // (m * (1 if batches is None else 8) + len(data)))
    room = None if batches is None else room_for_batch(problem, len(data), batches.size, m)
    for k, target in enumerate(due):
        while done < target:
            count = int(min(chunk, target - done))
            if batches is None or room is None:
                made = iterate(descent, update, problem, done, count)
            else:
                made = iterate_on_batches(descent, update, *room, data.x, data.y, done, *batches.draw(count))
            if made < count:
                raise SimulationError(divergence(done + made, rate, safe))
            done += count
            if progress is not None:
                progress(done * rate)
        frames.w[k], frames.b[k], frames.v[k] = descent.theta[:-1].reshape(3, m)
        frames.c[k] = descent.theta[-1]


def divergence(iterate: int, rate: float, safe: float) -> str:
    """One line about a descent that diverged."""
    return (
        f"iterate {iterate} (t = {iterate * rate:.4g}): the descent diverged; lower `learning_rate` "
        f"from {rate:.4g}, to {safe:.2g} for example"
    )
