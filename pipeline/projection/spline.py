"""From parameters to splines: breakpoint, delta-slope and orientation of every neuron.

Sahs et al. (arXiv:2008.01772), on the spline form: with β = −b/w, μ = w v and s = sgn w,

    f(x) = Σᵢ μᵢ (x − βᵢ) 1[sᵢ (x − βᵢ) > 0]

so that f is the line at −∞ plus Σᵢ sᵢ μᵢ max(x − βᵢ, 0). Where inactive neurons have a slope ρ, f bends at βᵢ by
(1 − ρ)wᵢvᵢ, which is then μᵢ, and they are ρ times part of the line at −∞. Neurons are never dropped and nothing is
divided by zero: a neuron whose breakpoint is at ±∞ (w = 0, or so small that b/w overflows) is affine on the whole line
and is part of the line at −∞ if it is active, of nothing if it is dead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pipeline.console.card import FAINT, Sketch, card
from pipeline.console.figures import figures
from pipeline.model.arguments import check_is, check_path, numbers
from pipeline.simulate.rest import SHAPES as REST, Rest, from_arrays, to_arrays
from pipeline.simulate.trajectory import Trajectory
from pipeline.store.arrays import check_shapes, stored

# Of a sketch: which part of all bending it spans, what is beyond, as a share of that, and where f is evaluated.
INNER, MARGIN, POINTS = (0.02, 0.98), 0.1, 241
KEPT = 1 << 20  # breakpoints of all frames whose lines are kept, and values that are found at once, at most
SHAPES = {
    "t": "F",
    "breakpoint": "Fm",
    "delta_slope": "Fm",
    "orientation": "Fm",
    "left_slope": "F",
    "left_intercept": "F",
}


@dataclass(frozen=True)
class SplineTrajectory:
    """The splines of F frames of a network of m neurons.

    t: (F,) training time; breakpoint: (F, m), +∞ where w = 0; delta_slope: (F, m); orientation: (F, m) in
    −1, 0, 1; left_slope, left_intercept: (F,) the line f follows at −∞.
    rest: what neurons that the run does not tell of add to f, see Trajectory.
    """

    t: np.ndarray
    breakpoint: np.ndarray
    delta_slope: np.ndarray
    orientation: np.ndarray
    left_slope: np.ndarray
    left_intercept: np.ndarray
    rest: Rest | None = None

    def __repr__(self) -> str:
        moments, neurons = self.breakpoint.shape
        return f"SplineTrajectory({neurons} neurons, {moments} moments, t = {self._times})"

    def _repr_html_(self) -> str:
        """For notebooks: facts, and the function at both ends, where most of it bends in the end."""
        low, high = self._bent()
        x = np.linspace(low, high, POINTS)
        first, last = (self.evaluate_frame(k, x) for k in (0, -1))
        sketch = Sketch(low, high, np.concatenate([first, last]), "the function at the start and the end")
        sketch.curve(x, first, FAINT)
        sketch.curve(x, last)
        moments, neurons = self.breakpoint.shape
        return card(
            "SplineTrajectory", {"neurons": str(neurons), "moments": str(moments), "t": self._times}, sketch.svg()
        )

    @property
    def _times(self) -> str:
        return f"{figures(self.t[0], 3)} to {figures(self.t[-1], 3)}"

    def _bent(self) -> tuple[float, float]:
        """Between which inputs the last function does all but so much of its bending; −1 and 1 where it does none."""
        beta, slope, _ = self._lines_of(-1)
        done = np.cumsum(np.abs(np.diff(slope)))
        if len(done) == 0 or done[-1] == 0:
            return -1.0, 1.0
        low, high = beta[np.searchsorted(done, np.array(INNER) * done[-1])]
        margin = MARGIN * (high - low or 1.0)
        return float(low - margin), float(high + margin)

    @property
    def slope_jump(self) -> np.ndarray:
        """(F, m) change of f' at each breakpoint, sμ."""
        return np.asarray(self.orientation * self.delta_slope)

    def evaluate(self, x: ArrayLike) -> np.ndarray:
        """f at x (P,) for every frame: (F, P), in O(F (m log m + m log P + P)).

        Raises InputError for what is no number.
        """
        x = numbers("x", x)
        if self.rest or x.ndim != 1 or max(self.breakpoint.size, x.size * len(self.t)) > KEPT:
            return np.stack([self.evaluate_frame(k, x) for k in range(len(self.t))])
        return self._evaluate_all(x)

    def _evaluate_all(self, x: np.ndarray) -> np.ndarray:
        """The same, to the bit, of all frames at once: breakpoints find their places among the x."""
        order = np.argsort(x, kind="stable")
        beta, slope, intercept = self._all_lines
        frames, points = len(beta), len(x)
        behind = np.arange(frames)[:, None] * (points + 1) + np.searchsorted(x[order], beta, side="right")
        counts = np.bincount(behind.ravel(), minlength=frames * (points + 1)).reshape(frames, points + 1)
        passed = np.empty((frames, points), dtype=int)
        passed[:, order] = np.cumsum(counts, axis=1)[:, :points]
        line = self.left_slope[:, None] * x + self.left_intercept[:, None]
        gained, lost = (np.take_along_axis(part, passed, axis=1) for part in (slope, intercept))
        return np.asarray(line + gained * x - lost)

    def evaluate_frame(self, frame: int, x: np.ndarray) -> np.ndarray:
        """f at x (P,) for one frame: (P,)."""
        beta, slope, intercept = self._lines_of(frame)
        passed = beta.searchsorted(x)
        line = self.left_slope[frame] * x + self.left_intercept[frame]
        told = line + slope[passed] * x - intercept[passed]
        return np.asarray(told + self.rest.at(frame, x) if self.rest else told)

    def _lines_of(self, frame: int) -> tuple[np.ndarray, ...]:
        """The row of one frame in `_lines`."""
        if self.breakpoint.size > KEPT:
            jump = self.orientation[frame] * self.delta_slope[frame]
            return tuple(part[0] for part in _lines(self.breakpoint[frame][None], jump[None]))
        return tuple(part[frame] for part in self._all_lines)

    @cached_property
    def _all_lines(self) -> tuple[np.ndarray, ...]:
        """`_lines` of all frames: a clip asks for values in each of them again and again."""
        return _lines(self.breakpoint, self.slope_jump)

    def save(self, path: str | PathLike[str], quantities: Mapping[str, np.ndarray] | None = None) -> None:
        """Write every field, and quantities (F, …), under their names to an .npz file.

        A quantity that is a broadcast view, since it does not change in time, is written as one frame (1, …).
        """
        extra = {name: q if q.strides[0] else q[:1] for name, q in (quantities or {}).items()}
        parts: dict[str, Any] = {name: getattr(self, name) for name in SHAPES} | extra
        np.savez(path, **parts, **to_arrays(self.rest))

    @classmethod
    def load(cls, path: str | PathLike[str]) -> "SplineTrajectory":
        """Read what `save` wrote. Raises InputError for any other file."""
        check_path("path", path)
        with stored(path) as arrays:
            found = {name: arrays[name] for name in SHAPES}
            rest = from_arrays(path, arrays)
        check_shapes(path, found, SHAPES)
        return cls(**found, rest=rest)


def _lines(breakpoint: np.ndarray, jump: np.ndarray) -> tuple[np.ndarray, ...]:
    """Of K splines, (K, m) each: breakpoints in ascending order (K, m), and what slope and intercept have gained there.

    Both gains are (K, m + 1), from 0 on. What is not finite stands last and bends nothing.
    """
    finite = np.isfinite(breakpoint)
    order = np.argsort(np.where(finite, breakpoint, np.inf), axis=1)
    beta, bend = (np.take_along_axis(np.where(finite, part, 0.0), order, axis=1) for part in (breakpoint, jump))
    gained = [np.pad(np.cumsum(part, axis=1), ((0, 0), (1, 0))) for part in (bend, bend * beta)]
    beta[np.arange(beta.shape[1]) >= finite.sum(axis=1, keepdims=True)] = np.inf
    return beta, *gained


def load_quantities(path: str | PathLike[str]) -> dict[str, np.ndarray]:
    """The quantities that `SplineTrajectory.save` wrote, by name, all (F, …). Raises InputError for any other file."""
    check_path("path", path)
    with stored(path) as arrays:
        frames = len(arrays["t"])
        found = {name: arrays[name] for name in arrays if name not in SHAPES | REST}
        return {name: np.broadcast_to(array, (frames, *array.shape[1:])) for name, array in found.items()}


def project(trajectory: Trajectory) -> SplineTrajectory:
    """The spline form of every frame of a trajectory, exact to rounding (Sahs et al.).

    Raises InputError for what is no Trajectory.
    """
    check_is("trajectory", trajectory, Trajectory, "the Trajectory of a run, such as gradient_flow gives")
    w, b, v = trajectory.w, trajectory.b, trajectory.v
    with np.errstate(over="ignore"):  # b/w overflows to ±∞ for a subnormal w: the right breakpoint
        beta = np.divide(-b, w, out=np.full_like(w, np.inf), where=w != 0)
    affine = np.isinf(beta)
    left = np.where(affine, b > 0, w < 0)  # an affine neuron is active everywhere or dead, as its bias says
    rho = trajectory.inactive
    slope = np.sum(np.where(left, v * w, rho * (v * w)), axis=1)
    intercept = np.sum(np.where(left, v * b, rho * (v * b)), axis=1) + trajectory.c
    mu = w * v if rho == 0 else (1.0 - rho) * (w * v)
    return SplineTrajectory(trajectory.t, beta, mu, np.sign(w).astype(np.int8), slope, intercept, trajectory.rest)
