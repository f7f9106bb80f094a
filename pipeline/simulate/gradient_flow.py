"""Gradient flow of a shallow univariate ReLU network, θ' = −∇½Σ(f(xₙ) − yₙ)² − λθ, solved to a tolerance on f.

The flow is piecewise smooth (samples enter, leave and hold neurons) and stiff. Between switches of the neurons'
patterns it is integrated by stabilised Runge-Kutta-Chebyshev steps (chebyshev.py) on gradients that cost O(m + K)
(kernels.py), of very many samples only on those near breakpoints (near.py); events.py says what happens at samples.
"""

import numpy as np

from pipeline.errors import InputError, SimulationError
from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.sampling import checked_times, new_frames, to_trajectory
from pipeline.simulate.solver import stepping
from pipeline.simulate.solver.flow import NEXT_FRAME, STEPS, TIME, Flow, new_flow
from pipeline.simulate.solver.kernels import Problem, first_velocity
from pipeline.simulate.solver.neighbourhood import CLOSEST, bring_back, near_breakpoints, next_margin
from pipeline.simulate.solver.problem import make_problem
from pipeline.simulate.training import check_training
from pipeline.simulate.trajectory import Trajectory

CHUNK = 3_000_000  # neuron updates between two returns from the compiled loop: some hundredths of a second


def gradient_flow(
    network: Network,
    data: Data,
    times,
    rtol: float = 1e-5,
    *,
    weight_decay: float = 0.0,
    train: str = "all",
    output_bias: bool = False,
    max_steps: int = 2_000_000,
    progress=None,
) -> Trajectory:
    """The trajectory of gradient flow from `network` on the loss ½Σ(f(xₙ) − yₙ)², sampled at `times`.

    times: (F,) nondecreasing, from 0 on. rtol: bound of the error of f relative to the largest |y|, at all times and
    over the range of the samples widened by a tenth at either end. It is kept by what single steps may err, in f and
    in neurons that will grow, which is no proof: measured at rtol 1e-3 to 1e-6, with 12 to 1000 neurons and 3 to 1000
    samples, the error was 0.1 to 0.9 rtol, and to 0.5 rtol with 10,000 samples. Where the flow itself forks f may be
    that of a start nearby: of 60 neurons on the motorcycle data one just fails to pass a sample at t = 80; with all
    weights moved by 1e-4 of themselves, f by 0.15e-3 of the largest |y|, it passes in one case of four, and f differs
    by 6e-3 from then on. With 100,000 noisy samples the error was 0.2 rtol at 1e-4, but at 1e-3 up to 1.8 rtol in some
    frames.
    weight_decay: λ of the penalty ½λ‖θ‖². train: which layers learn, "all", "hidden" (w, b) or
    "output" (v). output_bias: whether c learns. progress: called with the training time that has been reached.
    Raises InputError for unusable arguments, SimulationError where the solver cannot go on.
    """
    times = checked_times(times)
    check_arguments(rtol, max_steps)
    check_training(weight_decay, train)
    problem = make_problem(data, weight_decay, train, output_bias)
    flow = start_flow(network, problem)
    frames = new_frames(times, len(network))
    outcome = run(flow, frames, rtol, scale_of(data, problem, flow), max_steps, progress)
    return to_trajectory(frames, data, outcome)


def check_arguments(rtol, max_steps) -> None:
    """InputError for a number out of range."""
    if not 1e-12 <= rtol <= 0.1:
        raise InputError(f"rtol: {rtol} is not between 1e-12 and 0.1")
    if max_steps < 1:
        raise InputError(f"max_steps: {max_steps} is not at least 1")


def start_flow(network: Network, problem: Problem) -> Flow:
    """The flow at time 0."""
    theta = np.concatenate([network.w, network.b, network.v, [network.c]])
    flow = new_flow(problem, theta, network.v**2 - network.w**2 - network.b**2)
    first_velocity(flow.theta, flow.pattern, flow.held, problem, flow.before, flow.slope)
    return flow


def scale_of(data: Data, problem: Problem, flow: Flow) -> float:
    """What errors of f are relative to: the largest |y|, or |f| of the start where all y are 0."""
    largest = float(np.max(np.abs(data.y)))
    start = float(np.max(np.abs(flow.before.force / problem.weight + problem.target)))
    return largest or start or 1.0


def run(flow, frames, rtol, scale, max_steps, progress) -> str:
    """Advance the flow to the last frame; how it ended."""
    end = frames.t[-1]
    fill_frames(flow, frames, up_to=0.0)
    state, margin, part = stepping.RUNNING, CLOSEST, flow
    while state in (stepping.RUNNING, stepping.NARROW):
        first, steps = int(flow.clock[NEXT_FRAME]), flow.clock[STEPS]
        part = near_breakpoints(flow, margin, part)
        state = stepping.advance(part, frames, rtol, scale, end, max_steps, CHUNK)
        bring_back(part, flow, frames, first)
        margin = next_margin(margin, int(flow.clock[STEPS] - steps), state == stepping.NARROW)
        if progress is not None:
            progress(float(flow.clock[TIME]))
    time = flow.clock[TIME]
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
        return (
            f"t = {time:.6g}: {max_steps} steps were not enough; lower dynamics.end_time, or raise "
            "dynamics.rtol or the limit"
        )
    if state == stepping.NOT_FINITE:
        return f"t = {time:.6g}: the state is no longer finite; lower init.scale or the scale of the data"
    return f"t = {time:.6g}: no step is short enough for the tolerance; raise dynamics.rtol"


def fill_frames(flow, frames, up_to: float) -> None:
    """Write the present state into the frames that are due, up to a time."""
    m = len(flow.pattern)
    first = int(flow.clock[NEXT_FRAME])
    due = slice(first, np.searchsorted(frames.t, up_to, side="right"))
    frames.w[due], frames.b[due], frames.v[due] = flow.theta[:m], flow.theta[m : 2 * m], flow.theta[2 * m : 3 * m]
    frames.c[due], frames.held[due] = flow.theta[3 * m], flow.held
    flow.clock[NEXT_FRAME] = max(first, due.stop)
