"""Networks at t = 0: the scalings in use, and what moves their regime (Sahs et al., arXiv:2008.01772; theory of δ).

Every scaling is a row with the standard deviations (σ_w, σ_v) for fan-in 1 and m neurons; biases have σ_b =
bias_ratio · σ_w, so that breakpoints of a normal initialisation are Cauchy(0, bias_ratio). A row may also draw the
neurons itself.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.config.schema.init import InitConfig
from pipeline.config.tables import Table
from pipeline.errors import InputError
from pipeline.model.given import of_file, of_knots
from pipeline.model.network import Network

Draw = Callable[[np.random.Generator, tuple[int, int]], np.ndarray]


@dataclass(frozen=True)
class Scaling:
    """A row: spoken, its name in a sentence; deviations: m → standard deviations (σ_w, σ_v) for fan-in 1."""

    spoken: str
    deviations: Callable[[int], tuple[float, float]]


@dataclass(frozen=True)
class Law:
    """A row that draws every neuron itself.

    draw: (number of neurons, generator, the config group `init`) → w, b, v, which `scale` and `layer_ratio` multiply.
    """

    spoken: str
    draw: Callable[[int, np.random.Generator, InitConfig], tuple[np.ndarray, np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Given:
    """A row of networks that are given, not drawn.

    keys: of the config group `init` that say which; network: the group → the network, all of whose weights `scale` and
    `layer_ratio` multiply.
    """

    spoken: str
    keys: tuple[str, ...]
    network: Callable[[InitConfig], Network]


SCALINGS: Table[Scaling | Law | Given] = Table(
    "scaling of initial weights",
    {
        # He et al. (2015): 2 / fan-in.
        "he": Scaling("He", lambda m: (math.sqrt(2), math.sqrt(2 / m))),
        # Glorot & Bengio (2010): 2 / (fan-in + fan-out).
        "glorot": Scaling("Glorot", lambda m: (math.sqrt(2 / (m + 1)), math.sqrt(2 / (m + 1)))),
        # LeCun et al. (1998): 1 / fan-in.
        "lecun": Scaling("LeCun", lambda m: (1.0, math.sqrt(1 / m))),
        # torch.nn.Linear: uniform on ±1/√fan-in.
        "pytorch": Scaling("PyTorch", lambda m: (math.sqrt(1 / 3), math.sqrt(1 / (3 * m)))),
        # Jacot et al. (2018): f = m^(−1/2) Σ v max(wx + b, 0) with unit weights, the factor shared by the layers.
        "ntk": Scaling("NTK", lambda m: (m**-0.25, m**-0.25)),
        # Mei et al. (2018): f = m^(−1) Σ v max(wx + b, 0) with unit weights, the factor shared by the layers.
        "mean_field": Scaling("mean-field", lambda m: (m**-0.5, m**-0.5)),
        "file": Given("given", ("path",), of_file),
        "knots": Given("given", ("breakpoints", "jumps", "orientations"), of_knots),
    },
    key="init.scaling",
    kinds=(Scaling, Law, Given),
)

DISTRIBUTIONS: Table[Draw] = Table(
    "distribution of initial weights",
    {
        "normal": lambda rng, shape: rng.standard_normal(shape),
        "uniform": lambda rng, shape: math.sqrt(3) * rng.uniform(-1, 1, shape),
    },
    key="init.distribution",
)


def deviations(config: InitConfig) -> tuple[float, float, float] | None:
    """(σ_w, σ_b, σ_v) of the weights that `initialize` draws; None where the row has none."""
    row = SCALINGS[config.scaling]
    return _deviations(row, config) if isinstance(row, Scaling) else None


def given_width(config: InitConfig) -> int | None:
    """The number of neurons of a network that is given; None of one that is drawn.

    Raises InputError where it cannot be read.
    """
    row = SCALINGS[config.scaling]
    return (1 + config.antisymmetric) * len(row.network(config)) if isinstance(row, Given) else None


def initialize(
    width: int,
    scaling: str = "he",
    distribution: str = "normal",
    scale: float = 1.0,
    layer_ratio: float = 1.0,
    bias_ratio: float = 1.0,
    balanced: bool = False,
    antisymmetric: bool = False,
    seed: int = 0,
    **given: Any,
) -> Network:
    """A random network of `width` neurons; the same arguments give the same network on every machine.

    scale multiplies all weights; layer_ratio k multiplies the hidden layer and divides the output layer, which
    moves every δ = v² − w² − b² at the same function. balanced sets v = ±‖(w, b)‖, so δ = 0.
    antisymmetric takes every neuron twice with opposite v, so f = 0 at t = 0 (width must be even).
    given: of networks that are not drawn, keys of the group `init` that say which; their width is their own.
    Raises InputError for an odd width with antisymmetric, and for a file of weights that cannot be read.
    """
    if antisymmetric and width % 2:
        raise InputError(f"`width` = {width}: an antisymmetric network needs an even width")
    drawn = scaling, distribution, width, scale, layer_ratio, bias_ratio, balanced, antisymmetric, seed
    config = InitConfig(*drawn, **given)
    w, b, v, c = _weights(width // 2 if antisymmetric else width, config)
    if balanced:
        v = np.copysign(np.sqrt(w * w + b * b), v)  # hypot may differ in the last digit between libraries
    if antisymmetric:
        w, b, v = np.tile(w, 2), np.tile(b, 2), np.concatenate([v, -v])
    return Network(w, b, v, c)


def _weights(count: int, config: InitConfig) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """(w, b, v, c) of `count` neurons, or of those that are given, at the config's scale and ratios."""
    row, rng = SCALINGS[config.scaling], np.random.default_rng(config.seed)
    if isinstance(row, Scaling):
        w, b, v = DISTRIBUTIONS[config.distribution](rng, (3, count))
        sigma_w, sigma_b, sigma_v = _deviations(row, config)
        return sigma_w * w, sigma_b * b, sigma_v * v, 0.0
    hidden, output = config.scale * config.layer_ratio, config.scale / config.layer_ratio
    if isinstance(row, Given):
        network = row.network(config)
        return hidden * network.w, hidden * network.b, output * network.v, network.c
    w, b, v = row.draw(count, rng, config)
    return hidden * np.asarray(w), hidden * np.asarray(b), output * np.asarray(v), 0.0


def _deviations(row: Scaling, config: InitConfig) -> tuple[float, float, float]:
    sigma_w, sigma_v = row.deviations(config.width)
    hidden = config.scale * config.layer_ratio * sigma_w
    return hidden, hidden * config.bias_ratio, config.scale / config.layer_ratio * sigma_v
