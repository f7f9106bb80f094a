"""Gradient flow of a shallow univariate ReLU network, θ' = −∇Σℓ(f(xₙ), yₙ) − λθ, solved to a tolerance on f.

The flow is piecewise smooth (samples enter, leave and hold neurons) and stiff. Between switches of the neurons'
patterns it is integrated by linearly implicit steps of fourth order (rosenbrock.py), whose gradients (kernels.py) and
linear systems (linearised.py, semiseparable.py) cost O(m + K), of very many samples only on those near breakpoints
(neighbourhood.py); events.py says what happens at samples.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from pipeline.errors import InputError, SimulationError
from pipeline.model.activation import LEAK, activated
from pipeline.model.arguments import check_number, check_whole
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.arguments import check_settings, check_subjects
from pipeline.simulate.loss import SQUARED, check_loss
from pipeline.simulate.moments import Recording
from pipeline.simulate.sampling import checked_times, new_frames, to_trajectory
from pipeline.simulate.solver import stepping
from pipeline.simulate.solver.dense_output import Frames
from pipeline.simulate.solver.flow import FORKS, NEXT_FRAME, STEPS, TIME, Flow, new_flow
from pipeline.simulate.solver.kernels import Problem, first_velocity
from pipeline.simulate.solver.losses import SQUARED as SQUARES
from pipeline.simulate.solver.neighbourhood import CLOSEST, bring_back, near_breakpoints, next_margin
from pipeline.simulate.solver.problem import make_problem
from pipeline.simulate.training import check_training
from pipeline.simulate.trajectory import Trajectory

CHUNK = 3_000_000  # neuron updates between two returns from the compiled loop: some hundredths of a second
RESOLVED = 1e-14  # of the terms of f: what double precision resolves of f in a run of many steps
TRIED = 0.01  # of the steps allowed, before a flow is given up that would take HOPELESS times as many as are allowed
HOPELESS = 10.0

Progress = Callable[[float], None]


def gradient_flow(
    network: Network,
    data: Data,
    times: ArrayLike,
    rtol: float = 1e-5,
    *,
    weight_decay: float = 0.0,
    train: str = "all",
    output_bias: bool = False,
    loss: str = SQUARED,
    activation: str | None = None,
    leak: float = LEAK,
    max_steps: int = 2_000_000,
    told: int | None = None,
    progress: Progress | None = None,
) -> Trajectory:
    """The trajectory of gradient flow from `network` on the loss Σℓ(f(xₙ), yₙ), sampled at `times`.

    times: (F,) nondecreasing, from 0 on; or a number, the end time, for the moments of the run: as few as it takes for
    all between them to be right to a quarter of a pixel (moments.py), catches and releases among them.
    rtol: bound of the error of f relative to the largest |y|, at all times and over the range of the samples widened by
    a tenth at either end; as long as |f| of the start is larger and has not come down, relative to that. It is kept by
    what single steps may err, in f and in neurons that will grow, which is no proof; the tests measure it.
    weight_decay: λ of the penalty ½λ‖θ‖². train: which layers learn, "all", "hidden" (w, b) or
    "output" (v). output_bias: whether c learns. loss: ℓ, "squared", ½(f − y)², "logistic", of y = ±1, or "huber"
    (loss.py). activation: "relu", "leaky_relu", whose inactive side has the slope `leak`, or "abs"; by default
    the network's own. told: the most neurons that the trajectory tells of, where the run chooses its moments; of more,
    a fair choice, and what all others add to f (crowd.py). progress: called with the training time that is reached.
    Where the flow itself forks (v = 0 of a held neuron, w = b = 0: solver/held.py, solver/origin.py), the trajectory is
    the way that gradient descent with small steps takes most often, and its `forks` say when; past one, and where the
    flow comes as near to one as rtol, a start nearby may lead elsewhere.
    x may be far from 0 (the flow is another than that of centred x, and stiffer by the square of how far), but a flow
    that 10 times `max_steps` would not bring to its end, as of x up to 1e6 for long times, is soon given up.
    Raises InputError for unusable arguments, SimulationError where the solver cannot go on.
    """
    check_subjects(network, data)
    given = checked_times(times)
    check_arguments(rtol, max_steps, told)
    check_training(weight_decay, train)
    check_settings(output_bias, progress)
    check_loss(loss, data)
    network = activated(network, activation, leak)
    problem = make_problem(data, weight_decay, train, output_bias, network.inactive, loss)
    flow = start_flow(network, problem)
    scale = scale_of(data, problem, flow)
    check_precision(network, data, rtol, scale)
    if np.ndim(times):
        frames = new_frames(given, len(network))
        outcome, forks = run(flow, frames, rtol, scale, max_steps, progress)
        return to_trajectory(frames, data, outcome, forks, network.inactive, loss)
    recording = Recording(network, data, float(given[-1]), loss, told)
    outcome, forks = run(flow, recording.frames, rtol, scale, max_steps, progress, recording)
    states, rest = recording.finish(flow)
    trajectory = to_trajectory(states, data, outcome + recording.remark, forks, network.inactive, loss)
    return replace(trajectory, rest=rest)


def check_arguments(rtol: float, max_steps: int, told: int | None) -> None:
    """InputError for what is no number, and for one out of range."""
    check_number("rtol", rtol)
    check_whole("max_steps", max_steps)
    if told is not None:
        check_whole("told", told)
        if told < 1:
            raise InputError(f"`told` = {told}: is not at least 1; give how many neurons to tell of, or None for all")
    if not 1e-12 <= rtol <= 0.1:
        raise InputError(f"`rtol` = {rtol}: is not between 1e-12 and 0.1")
    if max_steps < 1:
        raise InputError(f"`max_steps` = {max_steps}: is not at least 1")


def check_precision(network: Network, data: Data, rtol: float, scale: float) -> None:
    """InputError where f starts as a sum of terms so large that what rtol allows is lost in their rounding."""
    z = np.stack([network.w * data.x[0], network.w * data.x[-1]]) + network.b
    size = np.maximum(np.max(z, axis=0), 0.0)
    if network.inactive:
        size = np.maximum(size, -abs(network.inactive) * np.min(z, axis=0))
    terms = float(np.sum(np.abs(network.v) * size))
    if np.isfinite(terms) and RESOLVED * terms > rtol * scale:
        raise InputError(
            f"`network`: f starts with terms of {terms:.2g}, {terms / scale:.1g} times the largest |y|, of which "
            f"double precision does not resolve `rtol` = {rtol:g}; lower the weights, or raise `rtol` or the scale of y"
        )


def start_flow(network: Network, problem: Problem) -> Flow:
    """The flow at time 0."""
    theta = np.concatenate([network.w, network.b, network.v, [network.c]])
    flow = new_flow(problem, theta, network.v**2 - network.w**2 - network.b**2)
    first_velocity(flow.theta, flow.pattern, flow.held, problem, flow.before, flow.slope)
    return flow


def scale_of(data: Data, problem: Problem, flow: Flow) -> float:
    """What errors of f are relative to: the largest |y|, or |f| of the start where all y are 0."""
    largest = float(np.max(np.abs(data.y)))
    if largest or problem.loss not in (None, SQUARES):  # whose forces do not tell f
        return largest or 1.0
    start = float(np.max(np.abs(flow.before.force / problem.weight + problem.target)))
    return start or 1.0


def run(
    flow: Flow,
    frames: Frames,
    rtol: float,
    scale: float,
    max_steps: int,
    progress: Progress | None,
    recording: Recording | None = None,
) -> tuple[str, np.ndarray]:
    """Advance the flow to the last frame, or to the end of what is recorded; how it ended, and when it forked."""
    end = recording.end if recording else float(frames.t[-1])
    fill_frames(flow, frames, up_to=0.0)
    if end == 0:
        return "no time passes: `times[-1]` is 0", np.zeros(0)
    state, margin, part = stepping.RUNNING, CLOSEST, flow
    forks: list[float] = []
    while state in (stepping.RUNNING, stepping.NARROW):
        first, steps = int(flow.clock[NEXT_FRAME]), flow.clock[STEPS]
        part = near_breakpoints(flow, margin, part)
        state = stepping.advance(part, frames, rtol, scale, end, max_steps, CHUNK)
        bring_back(part, flow, frames, first)
        forks += taken_forks(flow)
        if recording:
            recording.collect(flow)
            frames = recording.frames
        margin = next_margin(margin, int(flow.clock[STEPS] - steps), state == stepping.NARROW)
        check_stiffness(part, rtol, end, max_steps)
        if progress is not None:
            progress(float(flow.clock[TIME]))
    outcome = ending(flow, state, max_steps)
    if recording:
        recording.ask_for_end(flow)
    fill_frames(flow, frames, up_to=end)
    return outcome, np.array(forks)


def taken_forks(flow: Flow) -> list[float]:
    """The times of the forks since the last call, in order."""
    count = int(flow.clock[FORKS])
    flow.clock[FORKS] = 0
    return sorted(flow.clock[FORKS + 1 : FORKS + 1 + count].tolist())


def check_stiffness(flow: Flow, rtol: float, end: float, max_steps: int) -> None:
    """SimulationError where even the longest steps that can be taken would be many times more than are allowed."""
    left = stepping.stable_steps(flow, rtol, end) if flow.clock[STEPS] > TRIED * max_steps else 0.0
    if left > HOPELESS * max_steps:
        raise SimulationError(
            f"t = {flow.clock[TIME]:.6g}: the flow is so stiff that about {left:.1g} more steps would be needed; "
            "standardise `data`, lower the scale of `network` or lower `times[-1]`"
        )


def ending(flow: Flow, state: int, max_steps: int) -> str:
    """How a run came to its end; SimulationError for one that cannot go on."""
    time = flow.clock[TIME]
    if state == stepping.FINISHED:
        return f"not converged at t = {time:g}: raise `times[-1]` to see more"
    if state == stepping.CONVERGED:
        return f"converged at t = {time:.4g}"
    raise SimulationError(failure(state, time, max_steps))


def failure(state: int, time: float, max_steps: int) -> str:
    """One line about a flow that cannot go on."""
    if state == stepping.OUT_OF_STEPS:
        return f"t = {time:.6g}: {max_steps} steps were not enough; lower `times[-1]`, or raise `rtol` or `max_steps`"
    if state == stepping.NOT_FINITE:
        return f"t = {time:.6g}: the state is no longer finite; lower the scale of `network` or of `data`"
    return f"t = {time:.6g}: no step is short enough for the tolerance; raise `rtol`"


def fill_frames(flow: Flow, frames: Frames, up_to: float) -> None:
    """Write the present state into the frames that are due, up to a time."""
    m = len(flow.pattern)
    first = int(flow.clock[NEXT_FRAME])
    due = slice(first, int(np.searchsorted(frames.t, up_to, side="right")))
    frames.w[due], frames.b[due], frames.v[due] = flow.theta[:m], flow.theta[m : 2 * m], flow.theta[2 * m : 3 * m]
    frames.c[due], frames.held[due] = flow.theta[3 * m], flow.held
    flow.clock[NEXT_FRAME] = max(first, due.stop)
