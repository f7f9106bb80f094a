"""What quantities are computed from: a run with settings, and what several of them share, each computed once."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pipeline.errors import InputError
from pipeline.projection import hessian, pieces, polar, predictions, risk, spline_flow, statistics, tangent_kernel
from pipeline.projection.decay_optimum import GlobalOptimum, global_optimum
from pipeline.projection.largest_margin import LargestMargin, largest_margin
from pipeline.projection.settings import RunWithSettings
from pipeline.projection.zeta import Zeta

MERGED = 1e-9  # of the range of x: breakpoints closer than this count as one knot, and as at a sample


@dataclass(frozen=True)
class QuantityInputs(RunWithSettings):
    """A run with settings and what several quantities share."""

    @cached_property
    def frames(self) -> int:
        """F."""
        return len(self.trajectory.t)

    @property
    def widened_ends(self) -> tuple[float, float]:
        """The ends moved out by rounding: a breakpoint at an end sample counts as among the samples."""
        slack = MERGED * self.samples.span
        return self.ends[0] - slack, self.ends[1] + slack

    @cached_property
    def knots(self) -> statistics.MergedKnots:
        """Merged knots."""
        return statistics.merge_knots(self.spline, MERGED * self.samples.span)

    @cached_property
    def velocities(self) -> tuple[np.ndarray, np.ndarray]:
        """(β', μ')."""
        return spline_flow.velocities(self, **self.layers)

    @cached_property
    def polar_velocities(self) -> tuple[np.ndarray, np.ndarray]:
        """(r', θ')."""
        return polar.polar_velocities(self, **self.layers)

    @cached_property
    def piece_index(self) -> np.ndarray:
        """(F, K) number of the piece of each distinct sample."""
        return pieces.piece_index(self.runs, len(self.samples.x))

    @cached_property
    def kernels(self) -> np.ndarray:
        """(F, K, K) tangent kernels."""
        return tangent_kernel.kernel_matrices(self, **self.learns)

    @cached_property
    def spline_spectra(self) -> np.ndarray:
        """(F, 2m) Hessian spectra in (β, μ)."""
        return hessian.hessian_spectra(self, "spline")

    @cached_property
    def network_spectra(self) -> np.ndarray:
        """(F, 3m) Hessian spectra in (w, b, v)."""
        return hessian.hessian_spectra(self, "network")

    @cached_property
    def target_errors(self) -> np.ndarray:
        """(2, F) mean |f − target| and mean (f − target)² among the samples."""
        return risk.target_errors(self)

    @cached_property
    def zeta(self) -> Zeta:
        """ζ of the prior."""
        return Zeta.of_prior(self.prior)

    @cached_property
    def strengths(self) -> np.ndarray:
        """(F,) λ ∝ 1/t, from the first frame's time on."""
        t = self.trajectory.t
        return predictions.smoothing_strengths(t - t[0], self.trajectory.w.shape[1], self.zeta)

    @cached_property
    def optimum(self) -> GlobalOptimum:
        """The global optimum for the run's samples and decay; a bias that does not learn is the run's, and is free."""
        run = self.trajectory
        fixed = 0.0 if self.bias_learns else float(run.c[0])
        found = global_optimum(run.x, run.y - fixed, self.weight_decay, self.bias_learns)
        return replace(found, constant=found.constant + fixed)

    @cached_property
    def largest_margin(self) -> LargestMargin:
        """The network of largest margin; InputError for samples that are no labels, and an output bias."""
        if np.any(self.trajectory.c):
            raise InputError("dynamics.output_bias: the largest margin is known of networks without; leave it out")
        return largest_margin(self.trajectory.x, self.trajectory.y)

    def still(self, values: np.ndarray | float) -> np.ndarray:
        """Values that are the same at every frame, as a view with first axis F."""
        return np.broadcast_to(values, (self.frames, *np.shape(values)))

    def vector_fields(self) -> np.ndarray:
        """(F, 2, M, P) the vector field that the neuron sees at every frame."""
        i = self.neuron
        side = np.where(self.spline.orientation[:, i] < 0, -1, 1)
        plane = self.grid, self.delta_slopes
        return np.stack(
            [
                spline_flow.vector_field(
                    self.samples, self.residual[k], *plane, self.imbalance[k, i], side[k], **self.layers
                )
                for k in range(self.frames)
            ]
        )

    def start(self, x: np.ndarray) -> np.ndarray:
        """f₀ at x (P,)."""
        return self.spline.evaluate_frame(0, x)
