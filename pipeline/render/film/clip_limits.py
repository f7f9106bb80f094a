"""The limits of a whole clip: found once from all runs that are shown on them, then fixed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pipeline.model.data import Data
from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span, extent, hull, padded, robust_reach, stretched, within

FAINTEST = 0.2  # of the data's height by the width of the inputs: a slope jump whose mark is of full size, at least
FILL = 0.8  # of the height between the limits of outputs that the data fill at least; marks at the edge take of it too
FILL_BY_LABELS = 0.2  # instead of that where data are labels: f goes far beyond, and at five times 1 is sure of them
MARGIN_X = 0.05  # of the samples' range of inputs, on each side
MARGIN = 0.02  # of that height, on each side
USUAL = 0.9  # of the frames: so many are whole as far as the data's share allows


@dataclass(frozen=True)
class Limits:
    """What runs that share their axes are shown on, in the user's units: no run among them is known here.

    x: inputs and breakpoints, the samples' range and a margin; y: outputs, the samples' range, stretched as far as FILL
    allows for the function between the samples: first for what it becomes, then for curves beside it, then for most
    frames; mu_reach: the largest |μ| among neurons whose breakpoint is in sight;
    largest_jump: that of a knot in nine of ten frames, the mark of full size. The last two are of several films the
    middle one's: they may be a thousandfold apart in a lazy and an active run, and one would be flat on the other's.
    spans: by name, what the panel that is shown on these limits asked of all runs, see Panel.spans.
    """

    x: Span
    y: Span
    mu_reach: float
    largest_jump: float
    spans: Mapping[str, Span] = field(default_factory=dict)


def limits_of(films: Sequence[Film], curves: Sequence[str] = ()) -> Limits:
    """The limits of films whose axes mean the same; curves: quantities over `grid` that are drawn beside functions."""
    films = list(dict.fromkeys(films))  # a strip shows one run several times
    x = inputs_in_sight(films)
    reaches = [robust_reach(film.mu[within(film.beta, x)], patience=2.5) for film in films]
    return Limits(
        x,
        _outputs(films, curves),
        1.02 * float(np.median(reaches)),
        float(np.median([largest_jump_of(film, x) for film in films])),
    )


def inputs_in_sight(films: Sequence[Film]) -> Span:
    """The inputs that are in sight: those of all samples, and a margin."""
    return padded(min(film.x[0] for film in films), max(film.x[-1] for film in films), MARGIN_X)


def shared_limits(films: Sequence[Film], curves: Sequence[str] = ()) -> list[Limits]:
    """Each film's: those whose axes mean the same have the same ones."""
    meanings = [_meaning(film.data) for film in films]
    alike = {one: [f for f, other in zip(films, meanings, strict=True) if one == other] for one in meanings}
    shared = {one: limits_of(peers, curves) for one, peers in alike.items()}
    return [shared[one] for one in meanings]


def close_up(limits: Limits, films: Sequence[Film], window: Span) -> Limits:
    """Limits of the same films between two inputs: outputs are what f becomes there, and in most frames as far as that
    takes no more than half of the height.
    """
    ranges = [film.ranges(window) for film in films]
    last = hull([(float(lows[-1]), float(highs[-1])) for lows, highs in ranges])
    core = padded(*last, 0.0)
    for lows, highs in ranges:
        usual = float(np.quantile(lows, 1 - USUAL)), float(np.quantile(highs, USUAL))
        core = stretched(core, usual, 2 * (last[1] - last[0]))
    return replace(limits, x=window, y=padded(*core, MARGIN_X))


def _meaning(data: Data) -> tuple[str, ...]:
    """What the axes of samples are called and counted in: years and milliseconds share no limits."""
    return data.x_axis.label, data.x_axis.unit, data.y_axis.label, data.y_axis.unit


def _outputs(films: Sequence[Film], curves: Sequence[str]) -> Span:
    ranges = [film.ranges(_inputs(film)) for film in films]
    last = [(float(lows[-1]), float(highs[-1])) for lows, highs in ranges]
    samples = hull([span for film in films for span in extent(film.y)])
    core = padded(*(samples if samples[1] > samples[0] else hull([samples, *last])), 0.0)  # equal ones fill nothing
    fill = FILL_BY_LABELS if any(film.of_labels for film in films) else FILL
    most = (core[1] - core[0]) / fill * (1 - 2 * MARGIN)
    beside = [span for film in films for name in curves for span in extent(_between_samples(film, name))]
    usual = [
        (float(np.quantile(lows[film.moments], 1 - USUAL)), float(np.quantile(highs[film.moments], USUAL)))
        for film, (lows, highs) in zip(films, ranges, strict=True)
    ]
    for spans in (last, beside, usual):
        core = stretched(core, hull([core, *spans]), most)
    return padded(*core, MARGIN / (1 - 2 * MARGIN))


def _inputs(film: Film) -> Span:
    return float(film.x[0]), float(film.x[-1])


def _between_samples(film: Film, curve: str) -> np.ndarray:
    """(P,) what a curve comes to between the first and the last sample: beyond them it may run off."""
    last: np.ndarray = film.quantity(curve)[-1][within(film.quantity("grid")[0], _inputs(film))]
    return last


def largest_jump_of(film: Film, x: tuple[float, float]) -> float:
    """Of the knots between two inputs, that of nine in ten frames, or one that bends f by a share of the data's slope.

    A curve that stays a line has no knots to be seen, however it is looked at.
    """
    tops = [np.abs(_jumps_by_place(film, k, x)).max(initial=0.0) for k in film.survey]
    steepness = float(np.ptp(film.y) / (x[1] - x[0]))
    return max(float(np.quantile(tops, 0.9)), FAINTEST * steepness) or 1.0


def _jumps_by_place(film: Film, frame: int, x: tuple[float, float]) -> np.ndarray:
    """Slope jumps of the knots in sight, those at one place summed."""
    inside = within(film.beta[frame], x)
    return np.bincount(np.unique(film.beta[frame, inside], return_inverse=True)[1], film.jump[frame, inside])
