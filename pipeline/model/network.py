"""A shallow univariate ReLU network, f(x) = c + Σᵢ vᵢ φ(wᵢ x + bᵢ), φ(z) = max(z, 0) or a kin of it (activation.py)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.arguments import numbers
from pipeline.model.data import finite_vector


@dataclass(frozen=True)
class Network:
    """m neurons: input weights w, biases b, output weights v, each (m,), and an output bias c.

    inactive: the slope of φ where a neuron is inactive, 0 of the ReLU.

    Raises InputError for a slope that is not from −1 to below 1, and where the vectors are empty, unequal in length or
    not finite.
    """

    w: np.ndarray
    b: np.ndarray
    v: np.ndarray
    c: float = 0.0
    inactive: float = 0.0

    def __post_init__(self) -> None:
        for name in "wbv":
            object.__setattr__(self, name, finite_vector(f"network {name}", getattr(self, name)))
        object.__setattr__(self, "c", float(finite_vector("network c", [self.c])[0]))
        object.__setattr__(self, "inactive", float(finite_vector("network inactive", [self.inactive])[0]))
        if not -1 <= self.inactive < 1:
            raise InputError(f"network inactive = {self.inactive:g}: is not from -1 to below 1")
        lengths = len(self.w), len(self.b), len(self.v)
        if len(set(lengths)) != 1:
            raise InputError("network: w, b, v have {}, {}, {} values; give one of each per neuron".format(*lengths))
        if lengths[0] == 0:
            raise InputError("network: there is no neuron; give at least one")

    def __len__(self) -> int:
        return len(self.w)

    def evaluate(self, x: Any) -> np.ndarray:
        """f at x (P,), by the definition: (P,). Raises InputError for what is no number."""
        x = numbers("x", x)
        z = np.multiply.outer(x, self.w) + self.b
        active = np.maximum(z, 0)
        if self.inactive:
            active += self.inactive * np.minimum(z, 0)
        values: np.ndarray = active @ self.v + self.c
        return values
