"""The law of an initialisation's weights, and what it says of breakpoints and delta-slopes.

w ~ (0, σw²), b ~ (0, σb²), v ~ (0, σv²), independent, Gaussian or uniform (half-width a = √3 σ); or balanced, where
v = ±‖(w, b)‖. Densities: Sahs et al. (arXiv:2008.01772), on initialisation; all by integrating p(w) p(b) p(v) over
what is left, with b = −βw (Jacobian |w|) and v = μ/w (Jacobian 1/|w|).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.config.schema.init import InitConfig
from pipeline.errors import InputError
from pipeline.model.initialization import deviations

KNOWN = "normal", "uniform"  # distributions


@dataclass(frozen=True)
class Prior:
    """width neurons with standard deviations sigma_w, sigma_b, sigma_v; distribution: "normal" or "uniform".

    Raises InputError where a standard deviation is not positive or the distribution unknown.
    """

    distribution: str
    sigma_w: float
    sigma_b: float
    sigma_v: float
    width: int = 1
    balanced: bool = False

    def __post_init__(self) -> None:
        if self.distribution not in KNOWN:
            raise InputError(f"`distribution` = {self.distribution}: densities are known for normal and uniform")
        for name in ("sigma_w", "sigma_b", "sigma_v"):
            if not 0 < getattr(self, name) < np.inf:
                raise InputError(f"prior: {name} = {getattr(self, name)}; a density needs a positive deviation")

    @classmethod
    def of_init(cls, width: int, **init: Any) -> "Prior | None":
        """The law from which `initialize` draws, given its arguments; None where it is known for no density."""
        config = InitConfig(width=width, **init)
        sigmas = deviations(config)
        if sigmas is None or config.distribution not in KNOWN:
            return None
        return cls(config.distribution, *sigmas, config.width, config.balanced)

    @property
    def half_widths(self) -> tuple[float, float, float]:
        """(aw, ab, av) of a uniform prior."""
        root = np.sqrt(3.0)
        return root * self.sigma_w, root * self.sigma_b, root * self.sigma_v

    @property
    def ratio(self) -> float:
        """σb/σw, the scale of the breakpoints."""
        return self.sigma_b / self.sigma_w
