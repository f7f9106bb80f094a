"""Many samples as few, for given patterns: what a neuron feels of the samples between two breakpoints.

Between two breakpoints f is linear, so that the sums of the residuals and of the residuals times x over the samples
there depend only on their moments: Σ1, Σx, Σx², Σy, Σxy. Two samples have the same moments: one standard deviation to
either side of the mean, on the regression line, each with half the weight. With these instead of all samples a
gradient costs O(m), and is the same to rounding; only when a pattern changes must they be found anew.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from pipeline.compiled import inner
from pipeline.simulate.solver.kernels import Problem, Sums, new_sums
from pipeline.simulate.solver.losses import is_squared
from pipeline.simulate.solver.reference import by_value

OUTDATED, USELESS = -1, 0  # instead of a number of samples: to be found anew; not so few that it pays


class MatchedSamples(NamedTuple):
    """K samples as some that stand for them.

    size: (1,) their number, or OUTDATED or USELESS; x, weight, target, original: (K,) room for them, as in a Problem;
    place: (K + 1,) how many stand for the samples before each; pattern, held: (m,) of the neurons among them;
    sums: scratch.
    """

    size: np.ndarray
    x: np.ndarray
    weight: np.ndarray
    target: np.ndarray
    original: np.ndarray
    place: np.ndarray
    pattern: np.ndarray
    held: np.ndarray
    sums: Sums


def new_matched(samples: int, neurons: int, loss: int | None) -> MatchedSamples:
    """Room for what stands for K samples, as yet to be done, and for sums of a kind of loss."""
    x, weight, target = np.zeros((3, samples))
    return MatchedSamples(
        np.full(1, OUTDATED),
        x,
        weight,
        target,
        np.zeros(samples, dtype=np.int32),
        np.zeros(samples + 1, dtype=np.int32),
        np.zeros(neurons, dtype=np.uint32),
        np.zeros(neurons, dtype=np.int32),
        new_sums(samples, neurons, loss),
    )


@inner
def matched_samples(flow: Any) -> tuple[np.ndarray, np.ndarray, Problem, Sums]:
    """(pattern, held, problem, sums) of the flow on few samples, where these are half of all or less."""
    matched, problem = flow.matched, flow.problem
    if matched.size[0] == OUTDATED:
        match_moments(flow.pattern, flow.held, problem, matched, 0)
    size = matched.size[0]
    if size == USELESS:
        return flow.pattern, flow.held, by_value(problem), flow.spare
    fewer = Problem(
        matched.x[:size],
        matched.weight[:size],
        matched.target[:size],
        matched.original[:size],
        problem.moment,
        problem.probe,
        problem.hidden,
        problem.output,
        problem.bias,
        problem.decay,
        problem.inactive,
        problem.loss,
        problem.label,
        problem.begin,
    )
    return matched.pattern, matched.held, fewer, matched.sums


@inner
def match_moments(
    pattern: np.ndarray, held: np.ndarray, problem: Problem, matched: MatchedSamples, margin: int
) -> None:
    """Fill `matched` for the present patterns; `margin` samples beside every breakpoint, and at both ends, stay.

    Forces that are not linear in f follow from no moments.
    """
    total = len(problem.x)
    if not is_squared(problem.loss):
        matched.size[0] = USELESS
        return
    mark_cuts(pattern, held, total, margin, matched.place)
    size = first = 0
    for n in range(1, total + 1):
        if matched.place[n] == 0:
            continue
        matched.place[first] = size
        size = stand_for(first, n, problem, matched, size)
        first = n
        if 2 * size > total:
            matched.size[0] = USELESS
            return
    matched.place[total] = matched.size[0] = size
    for i in range(len(pattern)):
        p = pattern[i]
        matched.pattern[i] = matched.place[p] if p <= total else size + 1 + matched.place[p - total - 1]
        matched.held[i] = matched.place[held[i]] if held[i] >= 0 else held[i]


@inner
def mark_cuts(pattern: np.ndarray, held: np.ndarray, total: int, margin: int, cut: np.ndarray) -> None:
    """Fill `cut` (K+1,) with 1 where a run of samples begins or ends, and on both sides of samples that stay."""
    for n in range(total + 1):
        cut[n] = 1 if n <= margin or n >= total - margin else 0
    for i in range(len(pattern)):
        p = pattern[i]
        k = int(p if p <= total else p - total - 1)
        for n in range(max(k - margin, 0), min(k + margin, total) + 1):
            cut[n] = 1
        if held[i] >= 0:
            cut[held[i]] = cut[held[i] + 1] = 1


@inner
def stand_for(first: int, last: int, problem: Problem, matched: MatchedSamples, k: int) -> int:
    """Write what stands for the samples from first to before last, from place k on; the next place."""
    x, weight, target = problem.x, problem.weight, problem.target
    if last - first <= 2:
        for n in range(first, last):
            matched.x[k], matched.weight[k], matched.target[k], matched.original[k] = (
                x[n],
                weight[n],
                target[n],
                problem.original[n],
            )
            k += 1
        return k
    rows = middle = height = 0.0
    for n in range(first, last):
        rows += weight[n]
        middle += weight[n] * x[n]
        height += weight[n] * target[n]
    middle, height = middle / rows, height / rows
    square = product = 0.0
    for n in range(first, last):
        square += weight[n] * (x[n] - middle) ** 2
        product += weight[n] * (x[n] - middle) * (target[n] - height)
    deviation = math.sqrt(square / rows)
    rise = product / square * deviation
    matched.x[k], matched.weight[k], matched.target[k] = middle - deviation, 0.5 * rows, height - rise
    matched.x[k + 1], matched.weight[k + 1], matched.target[k + 1] = middle + deviation, 0.5 * rows, height + rise
    matched.original[k] = matched.original[k + 1] = -1
    return k + 2
