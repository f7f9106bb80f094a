"""Which rows of a record under way are kept: those whose absence would be seen most. NumPy alone, nothing compiles."""

from typing import NamedTuple

import numpy as np

WIDENED = 0.1  # of the range of x: how far beyond either end a picture reaches
PROBES = 9  # inputs at which f is looked at


class View(NamedTuple):
    """What a picture shows: inputs from low to high, outputs over a height; f is looked at at the probes (G,)."""

    low: float
    high: float
    height: float
    probes: np.ndarray


def view_of(x: np.ndarray, y: np.ndarray) -> View:
    """The picture that samples (N,) fill."""
    margin = WIDENED * (float(np.ptp(x)) or 1.0)
    low, high = float(x.min()) - margin, float(x.max()) + margin
    height = float(np.ptp(y)) or float(np.abs(y).max()) or 1.0
    return View(low, high, height, np.linspace(low, high, PROBES))


def least_lost(
    rows: np.ndarray, values: np.ndarray, slack: np.ndarray, count: int, view: View
) -> tuple[np.ndarray, np.ndarray]:
    """Which `count` of rows (R, 3m+2) of t, w, b, v, c to keep, the first and the last among them; and their slack.

    values: (R, G) f at the probes; slack: (R,) how far those that were left out between a row and the next lay off the
    straight line, as a share of the picture. In rounds, rows go that lie nearest to the line between their neighbours,
    no two neighbours in one: what is lost by one is how far it lies off, and what was lost on either side before.
    """
    m = (rows.shape[1] - 2) // 3
    kept, slack = np.arange(len(rows)), slack.copy()
    while len(kept) > count:
        lost = np.maximum(slack[kept[:-2]], slack[kept[1:-1]]) + _off_line(rows[kept], values[kept], m, view)
        going = 1 + _apart(lost, len(kept) - count)
        slack[kept[going - 1]] = lost[going - 1]
        kept = np.delete(kept, going)
    return kept, slack[kept]


def _apart(lost: np.ndarray, most: int) -> np.ndarray:
    """Places, at most so many, among the lower half of values (at least one), no two side by side."""
    low = np.zeros(len(lost), dtype=bool)
    low[np.argsort(lost, kind="stable")[: max(1, min(len(lost) // 2, 2 * most))]] = True
    place = np.arange(len(lost))
    begun = np.maximum.accumulate(np.where(low, -1, place))  # the last place before a run of low ones
    found = np.flatnonzero(low & ((place - begun) % 2 == 1))
    return found[np.argsort(lost[found], kind="stable")[:most]]


def _off_line(rows: np.ndarray, values: np.ndarray, m: int, view: View) -> np.ndarray:
    """(R−2,) how far breakpoints and f of every inner row lie off the line between its neighbours, in pictures."""
    t = rows[:, 0]
    share = ((t[1:-1] - t[:-2]) / (t[2:] - t[:-2]))[:, None]
    hidden = rows[:, 1 : 2 * m + 1]
    line = hidden[:-2] + share * (hidden[2:] - hidden[:-2])
    there, expected = (_breakpoints(part, m, view) for part in (hidden[1:-1], line))
    moved = np.abs(there - expected).max(axis=1) / (view.high - view.low)
    bent = np.abs(values[:-2] + share * (values[2:] - values[:-2]) - values[1:-1]).max(axis=1) / view.height
    return np.asarray(np.maximum(moved, bent))


def _breakpoints(hidden: np.ndarray, m: int, view: View) -> np.ndarray:
    """(R, m) breakpoints of w, b (R, 2m), those out of the picture at its edge."""
    with np.errstate(divide="ignore", invalid="ignore"):
        beta = -hidden[:, m:] / hidden[:, :m]
    return np.asarray(np.clip(np.where(np.isnan(beta), np.inf, beta), view.low, view.high))


def outputs(rows: np.ndarray, x: np.ndarray) -> np.ndarray:
    """(R, G) f at inputs (G,) of every row."""
    m = (rows.shape[1] - 2) // 3
    w, b, v = rows[:, 1 : m + 1], rows[:, m + 1 : 2 * m + 1], rows[:, 2 * m + 1 : 3 * m + 1]
    values = [np.sum(v * np.maximum(w * at + b, 0.0), axis=1) + rows[:, -1] for at in x]
    return np.stack(values, axis=1)
