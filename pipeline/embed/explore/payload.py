"""The numbers of a run, packed for a page: integers a fraction of a pixel fine, their changes in time, deflated.

A piecewise linear function on an interval is its values at both ends and its kinks inside. So a page needs of every
frame f at the limits of the input, and of every neuron β, μ and s; breakpoints outside the limits bend nothing there.
page/run.js unpacks, page/moment.js has the function.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pipeline.projection.spline import SplineTrajectory
from pipeline.render.film.clip_limits import Limits
from pipeline.render.film.film import Film

# The first at which f and μ, as a page draws them, are right to GAP of the height shown: a quarter of a pixel in 2160
# lines.
BITS = 16, 18, 20, 22, 24, 26, 28, 30
GAP = 1 / 8640
BEYOND = 1.0  # how far outside the limits a breakpoint is still told from one at infinity, in their width
DIGITS = 1e-3  # of the decade of a typical |δ|: three figures


@dataclass(frozen=True)
class Plane:
    """A number of each of F frames and m neurons, or places: origin + step · integers (F, m)."""

    name: str
    origin: float
    step: float
    integers: np.ndarray

    @property
    def values(self) -> np.ndarray:
        """(F, m) the numbers, as the page has them."""
        return self.origin + self.step * self.integers


def quantise(name: str, values: np.ndarray, origin: float, step: float) -> Plane:
    """The plane whose numbers are nearest to values (F, m)."""
    return Plane(name, origin, step, np.rint((values - origin) / step).astype(np.int32))


def planes(film: Film, limits: Limits, invariant: np.ndarray) -> list[Plane]:
    """β, μ, s, the holding sample (−1 where none) and δ = invariant (F, m), at the moments of a film."""
    now = film.moments
    for bits in BITS:
        beta, mu = _spline_planes(film, limits, bits)
        if mu.step <= 4 * GAP * limits.mu_reach and gap(film, limits, beta, mu) <= GAP:
            break
    orientation = quantise("orientation", film.orientation[now], 0.0, 1.0)
    held = quantise("held", film.caught[now], 0.0, 1.0)
    return [beta, mu, orientation, held, _invariant_plane(invariant[now])]


def _spline_planes(film: Film, limits: Limits, bits: int) -> tuple[Plane, Plane]:
    """β and μ in steps of 2^−bits of what they may be; β up to BEYOND the limits."""
    low, high = limits.x
    reach = BEYOND * (high - low)
    beta = np.clip(film.beta[film.moments], low - reach, high + reach)
    mu = film.mu[film.moments]
    largest = float(np.abs(mu).max()) or 1.0
    span = high - low + 2 * reach
    return quantise("beta", beta, low, span / 2**bits), quantise("mu", mu, 0.0, 2 * largest / 2**bits)


def _invariant_plane(invariant: np.ndarray) -> Plane:
    typical = float(np.median(np.abs(invariant))) or 1.0
    step = DIGITS * 10 ** np.floor(np.log10(max(typical, np.abs(invariant).max() / 2**20)))
    return quantise("delta", invariant, 0.0, float(step))


def ends(film: Film, limits: Limits) -> np.ndarray:
    """(2, K) f at the lower and the upper limit of the input, at each of K moments."""
    return np.array([film.evaluate(k, np.array(limits.x)) for k in film.moments]).T


def gap(film: Film, limits: Limits, beta: Plane, mu: Plane) -> float:
    """How far the function drawn from planes is at most from the film's, in heights shown, where that is in sight."""
    low, high = limits.x
    bottom, top = limits.y
    inside = (beta.values > low) & (beta.values < high)
    still = np.zeros(len(film.moments))
    bent = SplineTrajectory(
        film.t[film.moments],
        np.where(inside, beta.values, np.inf),
        mu.values,
        film.orientation[film.moments],
        still,
        still,
    )
    worst = 0.0
    for row, k in enumerate(film.moments):
        x = np.concatenate([[low, high], np.clip(film.beta[k], low, high)])
        true, drawn = film.evaluate(k, x), bent.evaluate_frame(row, x)
        chord = true[:2] - drawn[:2]
        drawn += chord[0] + (chord[1] - chord[0]) * (x - low) / (high - low)
        seen = (true >= bottom) & (true <= top)
        worst = max(worst, float(np.abs(true - drawn)[seen].max(initial=0.0)))
    return worst / (top - bottom)


def pack(series: Iterable[np.ndarray], stack: Iterable[Plane]) -> bytes:
    """Series (K,) as they are, then planes as changes from frame to frame, neuron by neuron, all deflated.

    The integers' bytes stand in planes of their own, lowest first: those that are mostly zero take no room.
    """
    parts = [np.asarray(one, "<f8").tobytes() for one in series]
    for plane in stack:
        change = np.diff(plane.integers, axis=0, prepend=np.int32(0))
        folded = ((change << 1) ^ (change >> 31)).astype("<u4")  # 0, −1, 1, −2, … become 0, 1, 2, 3, …
        parts.append(folded.T.copy().view(np.uint8).reshape(-1, 4).T.tobytes())
    return zlib.compress(b"".join(parts), 9)
