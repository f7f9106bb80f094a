"""What quantities are computed from: a run, settings, and what several of them share, each computed once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.projection import hessian, pieces, polar, predictions, spline_flow, statistics, tangent_kernel
from pipeline.projection.decay_optimum import GlobalOptimum, global_optimum
from pipeline.projection.largest_margin import LargestMargin, largest_margin
from pipeline.projection.prior import Prior
from pipeline.projection.run_on_samples import RunOnSamples
from pipeline.projection.spline import SplineTrajectory
from pipeline.projection.zeta import Zeta

WIDENED = 0.1  # of the range of x: how far the default grid goes beyond either end
LEVELS = 64
START = 0.95  # share of the neurons whose delta-slope at the start is on the default levels
MERGED = 1e-9  # of the range of x: breakpoints closer than this count as one knot, and as at a sample


@dataclass(frozen=True)
class Settings:
    """What some quantities need to know beyond the run.

    grid: (P,) points in x; points: their number where the grid is not given; delta_slopes: (M,) points in μ;
    window: width over which f'' is averaged, in x; neuron: the one whose loss surface and field are asked for;
    prior: the law of the initialisation, or what makes it once a quantity needs it;
    hidden, output, output_bias: which parameters learn; weight_decay: λ of the penalty ½λ‖θ‖²;
    learning_rate: η of gradient descent;
    data: gives the samples, for their test set and target.
    None means: chosen from the run (a prior cannot be).
    """

    grid: np.ndarray | None = None
    points: int = 256
    delta_slopes: np.ndarray | None = None
    window: float | None = None
    neuron: int | None = None
    prior: Prior | Callable[[], Prior | None] | None = None
    hidden: bool = True
    output: bool = True
    output_bias: bool = False
    weight_decay: float = 0.0
    learning_rate: float | None = None
    data: Callable[[], Data] | None = None


@dataclass(frozen=True)
class QuantityInputs(RunOnSamples):
    """A run with settings and what several quantities share."""

    settings: Settings = field(default_factory=Settings)

    @cached_property
    def frames(self) -> int:
        """F."""
        return len(self.trajectory.t)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """First and last sample."""
        return float(self.samples.x[0]), float(self.samples.x[-1])

    @property
    def widened_ends(self) -> tuple[float, float]:
        """The ends moved out by rounding: a breakpoint at an end sample counts as among the samples."""
        slack = MERGED * self.samples.span
        return self.ends[0] - slack, self.ends[1] + slack

    @cached_property
    def grid(self) -> np.ndarray:
        """(P,) the asked grid, or one over the samples and a little beyond."""
        if self.settings.grid is not None:
            return np.asarray(self.settings.grid, dtype=float)
        margin = WIDENED * self.samples.span
        return np.linspace(self.ends[0] - margin, self.ends[1] + margin, self.settings.points)

    @cached_property
    def among(self) -> np.ndarray:
        """(P,) the samples, and those points of the grid that lie among them."""
        low, high = self.ends
        return np.union1d(self.grid[(self.grid >= low) & (self.grid <= high)], self.samples.x)

    @cached_property
    def delta_slopes(self) -> np.ndarray:
        """(M,) the asked levels of μ, or ones around all that the neuron takes and nearly all that start."""
        if self.settings.delta_slopes is not None:
            return np.asarray(self.settings.delta_slopes, dtype=float)
        size = np.abs(self.spline.delta_slope)
        reach = 1.25 * max(size[:, self.neuron].max(), np.quantile(size[0], START)) or 1.0
        return np.linspace(-reach, reach, LEVELS)

    @cached_property
    def neuron(self) -> int:
        """The neuron asked for, or the one to look at; InputError where there is none of that number."""
        neuron, m = self.settings.neuron, self.trajectory.w.shape[1]
        if neuron is None:
            return farthest_in_sight(self.spline, *self.ends)
        if not -m <= neuron < m:
            raise InputError(f"neuron = {neuron}: there are {m} neurons, 0 to {m - 1}")
        return neuron

    @property
    def window(self) -> float:
        """The asked window, or the mean gap between distinct samples."""
        return self.settings.window or self.samples.span / max(len(self.samples.x) - 1, 1)

    @cached_property
    def prior(self) -> Prior:
        """The prior; InputError where it is not given, or has no density."""
        given = self.settings.prior
        prior = given() if callable(given) else given
        if prior is None:
            raise InputError("quantities: this one needs the law of the initialisation; give settings.prior")
        return prior

    @cached_property
    def data(self) -> Data | None:
        """The samples with all that is known of them, where that is given."""
        return self.settings.data() if self.settings.data else None

    @property
    def test(self) -> Data:
        """The test set; InputError where there is none."""
        if self.data is None or self.data.test is None:
            raise InputError("data.test_fraction = 0: there is no test set; give it, data.test_path or data.test_count")
        return self.data.test

    def target(self, x: np.ndarray) -> np.ndarray:
        """The function (P,) that the samples were taken from, at x (P,); InputError where it is not known."""
        if self.data is None or self.data.target is None:
            raise InputError("target: these samples are of no known function; leave it out")
        return np.asarray(self.data.target(x))

    @property
    def teacher(self) -> np.ndarray:
        """(J,) knots of that function; InputError where it has none."""
        if self.data is None or self.data.knots is None:
            raise InputError("teacher_x, teacher_y: these samples have no teacher; choose data=teacher")
        return self.data.knots

    @property
    def learns(self) -> dict[str, bool]:
        """Which parameters learn."""
        return self.layers | {"output_bias": self.bias_learns}

    @cached_property
    def bias_learns(self) -> bool:
        """Whether c learns, with the output layer: as the settings say, or as is seen of a recorded run."""
        return self.settings.output and (self.settings.output_bias or bool(np.any(np.diff(self.trajectory.c))))

    @property
    def layers(self) -> dict[str, Any]:
        """Which layers learn."""
        return {key: getattr(self.settings, key) for key in ("hidden", "output")}

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
    def zeta(self) -> Zeta:
        """ζ of the prior."""
        return Zeta.of_prior(self.prior)

    @cached_property
    def strengths(self) -> np.ndarray:
        """(F,) λ ∝ 1/t, from the first frame's time on."""
        t = self.trajectory.t
        return predictions.smoothing_strengths(t - t[0], self.trajectory.w.shape[1], self.zeta)

    @property
    def weight_decay(self) -> float:
        """λ; InputError where it is 0."""
        if self.settings.weight_decay == 0:
            raise InputError("dynamics.weight_decay = 0: the global optimum is that of weight decay; give it, as 0.01")
        return self.settings.weight_decay

    @property
    def learning_rate(self) -> float:
        """η; InputError where there is none."""
        if self.settings.learning_rate is None:
            raise InputError("dynamics.learning_rate: 2/η is of gradient descent at a rate that is given, as 0.03")
        return self.settings.learning_rate

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


def farthest_in_sight(spline: SplineTrajectory, low: float, high: float) -> int:
    """Number of the neuron whose breakpoint is longest between low and high; of several the one that goes farthest.

    The way is that in the (β, μ) plane while in sight, in shares of high - low and of the largest |μ| in sight.
    """
    beta, mu = spline.breakpoint, spline.delta_slope
    seen = (beta >= low) & (beta <= high)
    reach = np.abs(mu[seen]).max(initial=0.0) or 1.0
    span = high - low or 1.0
    steps = np.hypot(np.diff(np.where(seen, beta, low), axis=0) / span, np.diff(mu, axis=0) / reach)
    way = np.sum(steps, axis=0, where=seen[1:] & seen[:-1])
    return int(np.lexsort((way, np.sum(seen, axis=0)))[-1])
