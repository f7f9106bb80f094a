"""A run seen from its samples: what most quantities of a trajectory are made of, each computed once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pipeline.model.data import Data
from pipeline.projection.activity import Runs, Samples, active_runs, merge_samples, run_sums, snapped_breakpoints
from pipeline.projection.spline import SplineTrajectory, project
from pipeline.simulate.loss import SQUARED, slopes
from pipeline.simulate.trajectory import Trajectory


@dataclass(frozen=True)
class RunOnSamples:
    """F frames of m neurons and K distinct samples; everything derived is computed on first use."""

    trajectory: Trajectory
    spline: SplineTrajectory

    @classmethod
    def of(cls, trajectory: Trajectory) -> "RunOnSamples":
        """The run of a trajectory, projected here."""
        return cls(trajectory, project(trajectory))

    @cached_property
    def samples(self) -> Samples:
        """The distinct samples."""
        return merge_samples(self.trajectory.x, self.trajectory.y)

    @cached_property
    def residual(self) -> np.ndarray:
        """(F, K) f(xⱼ) − ȳⱼ at the distinct samples."""
        return np.asarray(self.spline.evaluate(self.samples.x) - self.samples.y)

    @cached_property
    def force(self) -> np.ndarray:
        """(F, K) ∂L/∂f at the distinct samples, of squares their weight times the residual."""
        t = self.trajectory
        if t.loss_name == SQUARED:
            return np.asarray(self.samples.weight * self.residual)
        data = Data(t.x, t.y)
        rows = np.repeat(self.residual + self.samples.y, self.samples.weight.astype(int), axis=1)
        return np.add.reduceat(slopes(t.loss_name, rows, data.y), data.first_rows(), axis=1)

    @cached_property
    def breakpoint(self) -> np.ndarray:
        """(F, m) breakpoints, of held neurons exactly at their sample."""
        return snapped_breakpoints(self.trajectory, self.spline)

    @cached_property
    def finite(self) -> np.ndarray:
        """(F, m) whether a neuron has a breakpoint."""
        return np.asarray(np.isfinite(self.breakpoint))

    @cached_property
    def runs(self) -> Runs:
        """The active sets, (F, m)."""
        return active_runs(self.breakpoint, self.spline.orientation, self.trajectory.b > 0, self.samples.x)

    @cached_property
    def residual_sum(self) -> np.ndarray:
        """(F, m) R0, the residuals that each neuron sees, summed over its rows; of other losses the forces."""
        return self._seen(self.force)

    @cached_property
    def residual_moment(self) -> np.ndarray:
        """(F, m) R1, the residuals times x, summed over a neuron's rows."""
        return self._seen(self.samples.x * self.force)

    def _seen(self, values: np.ndarray) -> np.ndarray:
        """(F, m) sums over the rows that each neuron sees, `inactive` times those that it does not."""
        slope = self.trajectory.inactive
        own = run_sums(values, self.runs)
        return own if slope == 0 else (1 - slope) * own + slope * np.sum(values, axis=1, keepdims=True)

    @cached_property
    def imbalance(self) -> np.ndarray:
        """(F, m) δ = v² − w² − b², which gradient flow conserves."""
        t = self.trajectory
        return np.asarray(t.v**2 - t.w**2 - t.b**2)
