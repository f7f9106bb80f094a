"""Gradient flow of a shallow univariate ReLU network, θ' = −∇½Σ(f(xₙ) − yₙ)² − λθ, solved to a tolerance on f.

The flow is piecewise smooth (samples enter, leave and hold neurons) and stiff. Between switches of the neurons'
patterns it is integrated by stabilised Runge-Kutta-Chebyshev steps (chebyshev.py) on gradients that cost O(m + K)
(kernels.py); switches.py says what happens at samples.
"""

import math

import numpy as np

from pipeline.errors import InputError, SimulationError
from pipeline.model.data import Data, finite_vector
from pipeline.model.network import Network
from pipeline.simulate import stepping
from pipeline.simulate.events import new_switches
from pipeline.simulate.kernels import Problem, find_patterns, new_sums, velocity
from pipeline.simulate.trajectory import Trajectory

TRAINED = {"all": (1.0, 1.0), "output": (0.0, 1.0), "hidden": (1.0, 0.0)}
CHUNK = 3_000_000  # neuron updates between two returns from the compiled loop: some hundredths of a second
WIDENED = 0.1  # of the range of x: how far beyond either end f is watched


def gradient_flow(network: Network, data: Data, times, rtol: float = 1e-5, *, weight_decay: float = 0.0,
                  train: str = "all", output_bias: bool = False, max_steps: int = 2_000_000,
                  progress=None) -> Trajectory:
    """The trajectory of gradient flow from `network` on the loss ½Σ(f(xₙ) − yₙ)², sampled at `times`.

    times: (F,) nondecreasing, from 0 on. rtol: bound of the error of f over the range of the samples, relative to
    the largest |y|. weight_decay: λ of the penalty ½λ‖θ‖². train: which layers learn, "all", "hidden" (w, b) or
    "output" (v). output_bias: whether c learns. progress: called with the training time that has been reached.
    Raises InputError for unusable arguments, SimulationError where the solver cannot go on.
    """
    times = checked_times(times)
    check_arguments(rtol, weight_decay, train, max_steps)
    problem = make_problem(data, weight_decay, train, output_bias)
    flow = start_flow(network, problem)
    frames = new_frames(times, len(network))
    outcome = run(flow, frames, rtol, scale_of(data, problem, flow), max_steps, progress)
    return to_trajectory(frames, data, outcome)


def checked_times(times) -> np.ndarray:
    """`times` as a vector; InputError where it is empty, negative or decreasing."""
    times = finite_vector("times", times)
    if len(times) == 0:
        raise InputError("times: there is none; give at least one")
    if times[0] < 0:
        raise InputError(f"times[0]: {times[0]:g} is negative; training starts at 0")
    falls = np.flatnonzero(np.diff(times) < 0)
    if len(falls):
        k = falls[0] + 1
        raise InputError(f"times[{k}]: {times[k]:g} comes after {times[k - 1]:g}; give times in order")
    return times


def check_arguments(rtol, weight_decay, train, max_steps) -> None:
    """InputError for a number out of range or an unknown word."""
    if not 1e-12 <= rtol <= 0.1:
        raise InputError(f"rtol: {rtol} is not between 1e-12 and 0.1")
    if not 0 <= weight_decay < math.inf:
        raise InputError(f"weight_decay: {weight_decay} is not a number from 0 on")
    if train not in TRAINED:
        raise InputError(f"train: {train!r} is not one of {', '.join(TRAINED)}")
    if max_steps < 1:
        raise InputError(f"max_steps: {max_steps} is not at least 1")


def make_problem(data: Data, weight_decay: float, train: str, output_bias: bool) -> Problem:
    """What the compiled loops need to know, rows with the same x merged."""
    x, target, weight = data.merged()
    hidden, output = TRAINED[train]
    bias = 1.0 if output_bias and output else 0.0
    terms = weight * np.stack([np.ones_like(x), x, x * x])
    moment = np.zeros((3, 2 * len(x) + 2))
    moment[:, :len(x)] = np.cumsum(terms[:, ::-1], axis=1)[:, ::-1]
    moment[:, len(x) + 2:] = np.cumsum(terms, axis=1)
    margin = WIDENED * (x[-1] - x[0])
    probe = np.empty(2 * len(x) + 1)
    probe[1::2] = x
    probe[2:-1:2] = 0.5 * (x[1:] + x[:-1])
    probe[0], probe[-1] = x[0] - margin, x[-1] + margin
    return Problem(x, weight, target, moment, probe, hidden, output, bias, float(weight_decay))


def start_flow(network: Network, problem: Problem) -> stepping.Flow:
    """The flow at time 0."""
    m, size = len(network), len(problem.x)
    theta = np.concatenate([network.w, network.b, network.v, [network.c]])
    pattern = np.zeros(m, dtype=np.int32)
    find_patterns(theta, problem.x, pattern)
    flow = stepping.Flow(
        clock=np.zeros(8), theta=theta, slope=np.zeros_like(theta), pattern=pattern,
        held=np.full(m, -1, dtype=np.int32), conserved=network.v**2 - network.w**2 - network.b**2,
        before=new_sums(size), after=new_sums(size), work=np.zeros((6, len(theta))), vector=np.ones(size),
        watched=np.zeros(2 * size + 1), line=np.zeros((2, 4 * size + 4)),
        switches=new_switches(2 * m + 8 * size + 64), problem=problem)
    velocity(flow.theta, flow.pattern, flow.held, problem, flow.before, flow.slope)
    return flow


def scale_of(data: Data, problem: Problem, flow: stepping.Flow) -> float:
    """What errors of f are relative to: the largest |y|, or |f| of the start where all y are 0."""
    largest = float(np.max(np.abs(data.y)))
    start = float(np.max(np.abs(flow.before.force / problem.weight + problem.target)))
    return largest or start or 1.0


def new_frames(times: np.ndarray, m: int) -> stepping.Frames:
    """Room for the sampled states."""
    shape = len(times), m
    return stepping.Frames(times, np.empty(shape), np.empty(shape), np.empty(shape), np.empty(len(times)),
                           np.full(shape, -1, dtype=np.int32))


def run(flow, frames, rtol, scale, max_steps, progress) -> str:
    """Advance the flow to the last frame; how it ended."""
    end = frames.t[-1]
    fill_frames(flow, frames, up_to=0.0)
    state = stepping.RUNNING
    while state == stepping.RUNNING:
        state = stepping.advance(flow, frames, rtol, scale, end, max_steps, CHUNK)
        if progress is not None:
            progress(float(flow.clock[stepping.TIME]))
    time = flow.clock[stepping.TIME]
    if state == stepping.FINISHED:
        fill_frames(flow, frames, up_to=end)
        return f"not converged at t = {time:g}: raise dynamics.end_time to see more"
    if state == stepping.CONVERGED:
        fill_frames(flow, frames, up_to=end)
        return f"converged at t = {time:.4g}"
    raise SimulationError(failure(state, time, max_steps))


def failure(state: int, time: float, max_steps: int) -> str:
    """One line about a flow that cannot go on."""
    if state == stepping.OUT_OF_STEPS:
        return (f"t = {time:.6g}: {max_steps} steps were not enough; lower dynamics.end_time, or raise "
                "dynamics.rtol or the limit")
    if state == stepping.NOT_FINITE:
        return f"t = {time:.6g}: the state is no longer finite; lower init.scale or the scale of the data"
    return f"t = {time:.6g}: no step is short enough for the tolerance; raise dynamics.rtol"


def fill_frames(flow, frames, up_to: float) -> None:
    """Write the present state into the frames that are due, up to a time."""
    m = len(flow.pattern)
    first = int(flow.clock[stepping.NEXT_FRAME])
    due = slice(first, np.searchsorted(frames.t, up_to, side="right"))
    frames.w[due], frames.b[due], frames.v[due] = flow.theta[:m], flow.theta[m:2 * m], flow.theta[2 * m:3 * m]
    frames.c[due], frames.held[due] = flow.theta[3 * m], flow.held
    flow.clock[stepping.NEXT_FRAME] = max(first, due.stop)


def to_trajectory(frames, data: Data, outcome: str) -> Trajectory:
    """The frames with their losses, and holds as indices into the rows of the data."""
    first_row = np.append(np.unique(data.x, return_index=True)[1], -1).astype(np.int32)
    return Trajectory(frames.t, frames.w, frames.b, frames.v, frames.c, losses(frames, data),
                      first_row[frames.held], data.x, data.y, outcome)


def losses(frames, data: Data) -> np.ndarray:
    """½Σ(f(xₙ) − yₙ)² over all rows, for every frame: (F,)."""
    m, rows = frames.w.shape[1], len(data)
    pattern = np.zeros(m, dtype=np.int32)
    line, values = np.zeros((2, 2 * rows + 2)), np.zeros(rows)
    loss = np.empty(len(frames.t))
    for k in range(len(loss)):
        theta = np.concatenate([frames.w[k], frames.b[k], frames.v[k], frames.c[k:k + 1]])
        find_patterns(theta, data.x, pattern)
        loss[k] = stepping.loss_of(theta, pattern, data.x, data.y, line, values)
    return loss
