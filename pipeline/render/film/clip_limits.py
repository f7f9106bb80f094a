"""The limits of a whole clip: found once from all runs that are shown on them, then fixed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.model.data import Data
from pipeline.render.film.film import Film
from pipeline.render.film.limits import Span, hull, padded, robust_reach, robust_window, within


@dataclass(frozen=True)
class Limits:
    """What runs that share their axes are shown on, in the user's units: no run among them is known here.

    x: inputs and breakpoints, the samples' range and a margin; y: outputs, the samples' range, stretched for the
    function where it stays near them; mu_reach: the largest |μ| among neurons whose breakpoint is in sight;
    largest_jump: that of a knot in nine of ten frames, the mark of full size. The last two are of several films the
    middle one's: they may be a thousandfold apart in a lazy and an active run, and one would be flat on the other's.
    spans: by name, what the panel that is shown on these limits asked of all runs, see Panel.spans.
    """

    x: Span
    y: Span
    mu_reach: float
    largest_jump: float
    spans: Mapping[str, Span] = field(default_factory=dict)


def limits_of(films: Sequence[Film]) -> Limits:
    """The limits of films whose axes mean the same."""
    films = list(dict.fromkeys(films))  # a strip shows one run several times
    x = padded(min(film.x[0] for film in films), max(film.x[-1] for film in films), 0.05)
    reaches = [robust_reach(film.mu[within(film.beta, x)], patience=2.5) for film in films]
    return Limits(
        x,
        hull([_outputs(film) for film in films]),
        1.02 * float(np.median(reaches)),
        float(np.median([_largest_jump(film, x) for film in films])),
    )


def shared_limits(films: Sequence[Film]) -> list[Limits]:
    """Each film's: those whose axes mean the same have the same ones."""
    meanings = [_meaning(film.data) for film in films]
    shared = {one: limits_of([f for f, other in zip(films, meanings, strict=True) if one == other]) for one in meanings}
    return [shared[one] for one in meanings]


def _meaning(data: Data) -> tuple[str, ...]:
    """What the axes of samples are called and counted in: years and milliseconds share no limits."""
    return data.x_axis.label, data.x_axis.unit, data.y_axis.label, data.y_axis.unit


def _outputs(film: Film) -> tuple[float, float]:
    core = padded(film.y.min(), film.y.max(), 0.02)
    grid = np.linspace(film.x[0], film.x[-1], 200) if film.x[-1] > film.x[0] else film.x[:1]
    values = np.stack([film.evaluate(k, grid) for k in film.survey])
    lows, highs = values.min(axis=1), values.max(axis=1)
    shown = robust_window(core, lows, highs), robust_window(core, lows[-1:], highs[-1:])  # the last frame is whole
    return padded(*hull(shown), 0.02)


def _largest_jump(film: Film, x: tuple[float, float]) -> float:
    tops = [np.abs(_jumps_by_place(film, k, x)).max(initial=0.0) for k in film.survey]
    return float(np.quantile(tops, 0.9)) or 1.0


def _jumps_by_place(film: Film, frame: int, x: tuple[float, float]) -> np.ndarray:
    """Slope jumps of the knots in sight, those at one place summed."""
    inside = within(film.beta[frame], x)
    return np.bincount(np.unique(film.beta[frame, inside], return_inverse=True)[1], film.jump[frame, inside])
