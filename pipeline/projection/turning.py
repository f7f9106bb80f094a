"""Neurons of unit weight as angles of (w, b): the circle, cut into gaps at every sample's breakpoint.

From w > 0 at the last sample leftwards to the first, over the constants to w < 0 at the last sample, and leftwards
again: turning to the left, a breakpoint falls, and through −∞ comes back from +∞ with the other side.
"""

import numpy as np


def places(x: np.ndarray, breakpoint: np.ndarray, side: np.ndarray) -> np.ndarray:
    """(J,) where neurons stand on the circle of samples x (K,): even numbers in gaps, odd ones at samples."""
    last = len(x) - 1
    place = 2 * (last - np.searchsorted(x, breakpoint)) + np.where(side < 0, 2 * last + 2, 0)
    return np.where(np.isinf(breakpoint), 2 * last, place - np.isin(breakpoint, x))


def across(x: np.ndarray, breakpoint: np.ndarray, side: np.ndarray) -> np.ndarray:
    """(K, J) outputs of (w, b) turned a quarter to the left, while the active samples stay."""
    finite = np.isfinite(breakpoint)
    place = np.where(finite, breakpoint, 0.0)
    line = side * (place * x[:, None] + 1.0) / np.hypot(1.0, place)
    return np.where(finite, np.where(side * (x[:, None] - place) > 0, line, 0.0), -x[:, None])


def turned(breakpoint: np.ndarray, side: np.ndarray, tangent: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Breakpoints and sides after turning to the left by angles of such tangents, under a quarter."""
    finite = np.isfinite(breakpoint)
    place = np.where(finite, breakpoint, 0.0)
    stretch = 1.0 + tangent * place
    with np.errstate(divide="ignore", over="ignore"):
        moved = np.where(
            finite, place - tangent * (1.0 + place**2) / stretch, 1.0 / np.where(tangent == 0, 0.0, tangent)
        )
    facing = np.where(finite, side * np.where(stretch > 0, 1.0, -1.0), -np.sign(tangent))
    constant = np.isinf(moved)
    return np.where(constant, np.inf, moved), np.where(constant, 1.0, facing)


def ends(x: np.ndarray, breakpoint: np.ndarray, side: np.ndarray, left: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Breakpoints and sides where gaps end, to the left (J,) or to the right of neurons inside them."""
    upper = np.searchsorted(x, breakpoint)
    inner = (upper > 0) & (upper < len(x))
    low, high = x[np.where(inner, upper - 1, -1)], x[np.where(inner, upper, 0)]
    return np.where(left, low, high), np.where(inner, side, np.where(left, -1.0, 1.0))


def tangent_between(breakpoint: np.ndarray, side: np.ndarray, other: np.ndarray, other_side: np.ndarray) -> np.ndarray:
    """Tangents of the angles from neurons to others with finite breakpoints; ±∞ from a quarter on."""
    finite = np.isfinite(breakpoint)
    place = np.where(finite, breakpoint, 0.0)
    same = np.where(finite, side * other_side, other_side)
    sine = same * np.where(finite, place - other, -1.0)
    cosine = same * np.where(finite, 1.0 + place * other, -other)
    return np.where(cosine > 0, sine / np.where(cosine > 0, cosine, 1.0), np.copysign(np.inf, sine))
