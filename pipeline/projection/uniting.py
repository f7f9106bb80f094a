"""Neurons of one sign in one gap between samples are one: together they cost less, and at the samples f stays."""

from dataclasses import replace

import numpy as np

from pipeline.projection.sparse_fit import SparseFit


def united(fit: SparseFit) -> SparseFit:
    """The fit without neurons at 0, and with one neuron for all of one sign in a gap or at its ends."""
    fit = fit.kept(fit.coefficient != 0)
    groups: list[list[int]] = []
    where: list[int] = []  # of each group
    for j in np.lexsort((fit.place, fit.sign)):
        place = int(fit.place[j])
        shared = _shared(where[-1], place) if groups and fit.sign[groups[-1][0]] == fit.sign[j] else None
        if shared is None:
            groups.append([j])
            where.append(place)
        else:
            groups[-1].append(j)
            where[-1] = shared
    return _summed(fit, groups) if len(groups) < len(fit.side) else fit


def _shared(one: int, next_one: int) -> int | None:
    """The place of both together, where they stand in one gap or at its ends."""
    if one == next_one:
        return one
    if next_one - one == 1:
        return one if one % 2 == 0 else next_one
    return one + 1 if next_one - one == 2 and one % 2 else None


def _summed(fit: SparseFit, groups: list[list[int]]) -> SparseFit:
    """The fit with the neurons of every group added up, as vectors in the plane of (w, b)."""
    first = np.array([group[0] for group in groups])
    of = np.empty(len(fit.side), dtype=int)
    for k, group in enumerate(groups):
        of[group] = k
    finite = np.isfinite(fit.breakpoint)
    breakpoint = np.where(finite, fit.breakpoint, 0.0)
    origin = breakpoint[first]  # a mean of offsets keeps the digits of the gap
    delta_slope = np.where(finite, fit.coefficient * fit.side / np.hypot(1.0, breakpoint), 0.0)
    height = np.where(finite, -delta_slope * (breakpoint - origin[of]), fit.coefficient)
    slope, height = np.bincount(of, delta_slope), np.bincount(of, height)
    flat = slope == 0
    place = origin - height / np.where(flat, 1.0, slope)
    size = np.where(flat, np.abs(height), np.abs(slope) * np.hypot(1.0, place))
    kept = fit.kept(first)
    alone = np.bincount(of) == 1
    return replace(
        kept,
        breakpoint=np.where(alone, kept.breakpoint, np.where(flat, np.inf, place)),
        side=np.where(alone, kept.side, np.where(flat, 1.0, np.sign(slope) * kept.sign)),
        coefficient=np.where(alone, kept.coefficient, kept.sign * size),
    )
