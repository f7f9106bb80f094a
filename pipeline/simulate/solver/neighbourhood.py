"""Of very many samples, the flow follows those near breakpoints one by one, the others by their moments.

moment_matching.py says what stands for the others. As long as no breakpoint meets them the flow is the same to
rounding, and its steps cost O(m) instead of O(m + K); where one does, the compiled loop returns, and what is near is
found anew.
"""

import numpy as np

from pipeline.compiled import compiled
from pipeline.simulate.solver.dense_output import Frames
from pipeline.simulate.solver.flow import NEXT_FRAME, Flow, new_flow
from pipeline.simulate.solver.kernels import velocity
from pipeline.simulate.solver.moment_matching import OUTDATED, USELESS, match_moments
from pipeline.simulate.solver.problem import moments, probes
from pipeline.simulate.solver.reference import by_reference

CLOSEST = 8  # samples on either side of a breakpoint that are near, at least
SOON = 4  # steps, after which samples should not have to be found anew


def near_breakpoints(whole: Flow, margin: int, last: Flow) -> Flow:
    """The flow on `margin` samples on either side of every breakpoint and few others; `whole` if that is no gain.

    It shares with `whole` all that does not depend on the samples, and goes on from `last`.
    """
    matched = whole.matched
    if last is whole and 4 * margin + 2 > len(whole.problem.x):  # what stays at the ends alone is more than half of all
        return whole
    match_far(whole, margin)
    size = int(matched.size[0])
    matched.size[0] = OUTDATED
    if size == USELESS:
        if last is not whole:
            go_on(last, whole)
        return whole
    x, weight = matched.x[:size].copy(), matched.weight[:size].copy()
    problem = whole.problem._replace(
        x=x,
        weight=weight,
        target=matched.target[:size].copy(),
        original=matched.original[:size].copy(),
        moment=moments(x, weight, whole.problem.inactive or 0.0),
        probe=probes(x),
    )
    part = new_flow(problem, whole.theta, whole.conserved)._replace(
        clock=whole.clock,
        slope=whole.slope,
        pattern=matched.pattern.copy(),
        held=matched.held.copy(),
        work=whole.work,
    )
    go_on(last, part)
    return part


def go_on(last: Flow, flow: Flow) -> None:
    """Fill what depends on the samples and the state, to go on from `last` on other samples."""
    renew(flow)


def next_margin(margin: int, steps: int, too_narrow: bool) -> int:
    """How many samples are near from now on, after a number of steps with `margin` of them."""
    if too_narrow and steps < SOON:
        return 4 * margin if steps == 0 else 2 * margin
    return max(CLOSEST, margin // 2)


def bring_back(part: Flow, whole: Flow, frames: Frames, first: int) -> None:
    """Take over the patterns and holds of `part` into `whole`, and into the frames written since frame `first`."""
    if part is whole:
        return
    index, total = part.problem.original, len(whole.problem.x)
    size = len(index)
    cut = np.append(0, index + 1)  # the place of every cut among all samples, where there is a breakpoint
    p = part.pattern.astype(np.int64)
    whole.pattern[:] = np.where(p <= size, cut[np.minimum(p, size)], total + 1 + cut[np.maximum(p - size - 1, 0)])
    sample = np.append(index, -1)
    whole.held[:] = sample[part.held]
    written = slice(first, int(whole.clock[NEXT_FRAME]))
    frames.held[written] = sample[frames.held[written]]


@compiled
def match_far(flow: Flow, margin: int) -> None:
    """Fill the flow's `matched` with the samples near breakpoints and what stands for the others."""
    flow = by_reference(flow)
    match_moments(flow.pattern, flow.held, flow.problem, flow.matched, margin)


@compiled
def renew(flow: Flow) -> None:
    """Fill what depends on the samples at the present state."""
    flow = by_reference(flow)
    velocity(flow.theta, flow.pattern, flow.held, flow.problem, flow.before, flow.slope)
