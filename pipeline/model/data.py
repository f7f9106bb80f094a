"""Samples of a univariate regression problem, and the units they came in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from pipeline.errors import InputError
from pipeline.model.arguments import check_is, numbers


@dataclass(frozen=True)
class Axis:
    """An axis in the user's words: `user value = shift + scale * network value`."""

    label: str = ""
    unit: str = ""
    shift: float = 0.0
    scale: float = 1.0

    def to_user(self, values: Any) -> np.ndarray:
        """Network values (any shape) in the user's unit."""
        moved: np.ndarray = self.shift + self.scale * np.asarray(values)
        return moved


@dataclass(frozen=True)
class Data:
    """N samples, sorted by x; several may share one x.

    x, y: array-likes of shape (N,), in the units the network sees; digest: SHA-256 of the bytes of the file that they
    were read from, empty where they come from none.
    target: the function x (P,) → y (P,) that they were taken from, where it is known; knots: (K,) where it bends, if at
    single places; test: samples that are not learnt, where there are some.
    Raises InputError where they are empty, unequal in length or not finite.
    """

    x: np.ndarray
    y: np.ndarray
    x_axis: Axis = field(default_factory=Axis)
    y_axis: Axis = field(default_factory=Axis)
    name: str = "data"
    digest: str = ""
    target: Callable[[np.ndarray], np.ndarray] | None = field(default=None, compare=False, repr=False)
    knots: np.ndarray | None = None
    test: "Data | None" = None

    def __post_init__(self) -> None:
        for name in ("x_axis", "y_axis"):
            check_is(name, getattr(self, name), Axis, "an Axis, Axis(label, unit)")
        x, y = finite_vector("x", self.x), finite_vector("y", self.y)
        if len(x) != len(y):
            raise InputError(f"data: x has {len(x)} values and y has {len(y)}; give one y per x")
        if len(x) == 0:
            raise InputError("data: there is no sample; give at least one")
        order = np.argsort(x, kind="stable")
        object.__setattr__(self, "x", x[order])
        object.__setattr__(self, "y", y[order])

    def __len__(self) -> int:
        return len(self.x)

    def merged(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Distinct x, mean y and number of rows at each, all (K,).

        The gradient of ½Σ(f(xₙ) − yₙ)² is that of ½Σ kⱼ(f(xⱼ) − ȳⱼ)²; only the constant differs.
        """
        first = self.first_rows()
        weight = np.diff(first, append=len(self)).astype(float)
        return self.x[first], np.add.reduceat(self.y, first) / weight, weight

    @cached_property
    def running_sums(self) -> np.ndarray:
        """Σ1, Σx, Σx², Σy, Σxy, Σy² over the rows before each, and over all: (N + 1, 6); x, y from `centre` on."""
        x, y = self.x - self.centre[0], self.y - self.centre[1]
        terms = np.stack([np.ones_like(x), x, x * x, y, x * y, y * y], axis=1)
        return np.concatenate([np.zeros((1, 6)), np.cumsum(terms, axis=0)])

    @cached_property
    def centre(self) -> tuple[float, float]:
        """The middles of the ranges of x and of y."""
        return 0.5 * float(self.x[0] + self.x[-1]), 0.5 * float(self.y.min() + self.y.max())

    def first_rows(self) -> np.ndarray:
        """The first row at each distinct x, (K,)."""
        return np.append(0, np.flatnonzero(self.x[1:] != self.x[:-1]) + 1)


def finite_vector(name: str, values: Any) -> np.ndarray:
    """`values` as a new float vector; InputError, naming it, where it is not one or not finite."""
    vector = numbers(name, values)
    if vector.ndim != 1:
        raise InputError(f"`{name}`: expected a vector, got an array of shape {vector.shape}")
    bad = np.flatnonzero(~np.isfinite(vector))
    if len(bad):
        raise InputError(f"`{name}[{bad[0]}]`: {vector[bad[0]]} is not a finite number")
    return vector
