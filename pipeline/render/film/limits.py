"""Limits that hold for a whole clip: wide enough for the story, deaf to the odd value far out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

Span = tuple[float, float]  # lowest and highest
WORTH_DECADES = 30.0  # largest by smallest of positive numbers, from which on a logarithmic axis shows them better


def padded(low: float, high: float, share: float) -> tuple[float, float]:
    """The interval widened by a share of its width on each side; an empty one gets a width first."""
    if not high > low:
        size = max(abs(low), 1.0)
        low, high = low - 0.5 * size, high + 0.5 * size
    pad = share * (high - low)
    return low - pad, high + pad


def within(values: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    """Which values (…) are shown between limits; what is nowhere (NaN) is not."""
    inside: np.ndarray = (values >= limits[0]) & (values <= limits[1])
    return inside


def hull(spans: Sequence[Span]) -> Span:
    """The span that holds all of them."""
    return min(low for low, _ in spans), max(high for _, high in spans)


def middle(spans: Sequence[Span]) -> Span:
    """The middle one's ends: of runs that are a thousandfold apart none is flat on the largest one's limits."""
    return float(np.median([low for low, _ in spans])), float(np.median([high for _, high in spans]))


def extent(values: ArrayLike) -> list[Span]:
    """The span of the finite numbers among values (…); none where there are none."""
    finite = _finite(values)
    return [(float(finite.min()), float(finite.max()))] if len(finite) else []


def robust_reach(values: ArrayLike, share: float = 0.99, patience: float = 1.4) -> float:
    """How far from zero to show: the largest |value| unless it is more than `patience` times the `share` quantile."""
    sizes = np.abs(_finite(values))
    if len(sizes) == 0 or sizes.max() == 0:
        return 1.0
    inner = np.quantile(sizes, share)
    return float(sizes.max() if sizes.max() <= patience * inner or inner == 0 else inner)


def stretched(core: Span, span: Span, most: float) -> Span:
    """`core` stretched to hold `span`; where that is wider than `most`, by as large a share on both sides as fits."""
    below, above = max(core[0] - span[0], 0.0), max(span[1] - core[1], 0.0)
    room = max(most - (core[1] - core[0]), 0.0)
    share = min(1.0, room / (below + above)) if below + above > 0 else 0.0
    return core[0] - share * below, core[1] + share * above


def log_window(values: ArrayLike, decades: float = 6.0) -> tuple[float, float]:
    """Limits of a logarithmic axis for positive values (…): at most so many decades down from the largest."""
    finite = _finite(values)
    positive = finite[finite > 0]
    if len(positive) == 0:
        return 0.1, 1.0
    top = positive.max()
    low, high = padded(np.log10(max(positive.min(), 10**-decades * top)), np.log10(top), 0.08)
    return 10**low, 10**high


def even_window(values: ArrayLike, share: float = 0.98, patience: float = 1.4) -> tuple[float, float]:
    """Limits of a linear axis for values (…): all of them, unless a few lie `patience` times as far as the rest."""
    finite = _finite(values)
    if len(finite) == 0:
        return 0.0, 1.0
    low, high = np.quantile(finite, [1 - share, share])
    reach = (patience - 1) * (high - low)
    low = finite.min() if finite.min() >= low - reach else low
    high = finite.max() if finite.max() <= high + reach else high
    return padded(0.0 if 0 <= low <= 0.5 * high else low, high, 0.06)


def spans_decades(values: ArrayLike) -> bool:
    """Whether values (…) are positive and so far apart that a logarithmic axis shows them better."""
    finite = _finite(values)
    return len(finite) > 0 and bool(finite.min() > 0 and finite.max() > WORTH_DECADES * finite.min())


def _finite(values: ArrayLike) -> np.ndarray:
    """(K,) the numbers among values (…)."""
    flat = np.asarray(values, dtype=float).ravel()
    finite: np.ndarray = flat[np.isfinite(flat)]
    return finite
