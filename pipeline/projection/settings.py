"""With what settings quantities are asked for, and what is chosen from the run where these leave it open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.data import Data
from pipeline.projection.prior import Prior
from pipeline.projection.run_on_samples import RunOnSamples
from pipeline.projection.spline import SplineTrajectory

WIDENED = 0.1  # of the range of x: how far the default grid goes beyond either end
LEVELS = 64
START = 0.95  # share of the neurons whose delta-slope at the start is on the default levels


@dataclass(frozen=True)
class Settings:
    """What some quantities need to know beyond the run.

    grid: (P,) points in x; points: their number where the grid is not given; delta_slopes: (M,) points in μ;
    window: width over which f'' is averaged, in x; neuron: the one whose loss surface and field are asked for;
    prior: the law of the initialisation, or what makes it once a quantity needs it;
    hidden, output, output_bias: which parameters learn; weight_decay: λ of the penalty ½λ‖θ‖²;
    learning_rate: η of gradient descent;
    data: gives the samples, for their test set and target.
    None means: chosen from the run; a prior, a rate and data cannot be, and quantities that need them are refused.
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
class RunWithSettings(RunOnSamples):
    """A run, and what is asked of it; InputError where that needs a setting which is neither given nor chosen."""

    settings: Settings = field(default_factory=Settings)

    @cached_property
    def ends(self) -> tuple[float, float]:
        """First and last sample."""
        return float(self.samples.x[0]), float(self.samples.x[-1])

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
