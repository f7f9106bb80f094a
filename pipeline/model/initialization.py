"""Networks at t = 0: the scalings in use, and what moves their regime (Sahs et al., arXiv:2008.01772; theory of δ).

Every scaling is a row with the standard deviations (σ_w, σ_v) for fan-in 1 and m neurons; biases have σ_b =
bias_ratio · σ_w, so that breakpoints of a normal initialisation are Cauchy(0, bias_ratio). A row may also place the
breakpoints, or draw the neurons itself.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.config.check import shown
from pipeline.config.schema.init import InitConfig
from pipeline.config.tables import Table
from pipeline.errors import InputError
from pipeline.model.breakpoint_laws import at_samples, uniform
from pipeline.model.given import of_file, of_knots, of_spikes, of_weights
from pipeline.model.network import Network

_Weights = tuple[np.ndarray, np.ndarray, np.ndarray, float]  # w, b, v, c
Draw = Callable[[np.random.Generator, tuple[int, int]], np.ndarray]
PAIRED = "antisymmetric", "balanced"  # keys that would change or cancel what is given


@dataclass(frozen=True)
class Scaling:
    """A row: spoken, its name in a sentence; deviations: m → standard deviations (σ_w, σ_v) for fan-in 1.

    keys: of the config group `init` that only this row and its like have; unused: those that it cannot obey.
    """

    spoken: str
    deviations: Callable[[int], tuple[float, float]]
    keys: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Placed(Scaling):
    """A scaling whose breakpoints have a law of their own, Sahs et al. on initialisations: b = −βw, and w, v as drawn.

    place: (number of neurons, generator, the config group `init`, x of the samples) → β.
    """

    place: Callable[[int, np.random.Generator, InitConfig, np.ndarray], np.ndarray] = at_samples
    unused: tuple[str, ...] = ("bias_ratio",)


@dataclass(frozen=True)
class Spiked(Scaling):
    """A scaling to which neurons of a given network are added; they count among the width.

    network: the config group `init` → the network, which stands as it is, whatever `scale` and `layer_ratio`.
    """

    network: Callable[[InitConfig], Network] = of_spikes
    unused: tuple[str, ...] = PAIRED


@dataclass(frozen=True)
class Law:
    """A row that draws every neuron itself.

    draw: (number of neurons, generator, the config group `init`) → w, b, v, which `scale` and `layer_ratio` multiply.
    keys, unused: as of a Scaling.
    """

    spoken: str
    draw: Callable[[int, np.random.Generator, InitConfig], tuple[np.ndarray, np.ndarray, np.ndarray]]
    keys: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """A row of networks that are given, not drawn.

    keys: of the config group `init` that say which; network: the group → the network, all of whose weights `scale` and
    `layer_ratio` multiply; unused: as of a Scaling.
    """

    spoken: str
    keys: tuple[str, ...]
    network: Callable[[InitConfig], Network]
    unused: tuple[str, ...] = ("distribution", "bias_ratio", "balanced", "seed")


def _he(m: int) -> tuple[float, float]:
    """He et al. (2015): 2 / fan-in."""
    return math.sqrt(2), math.sqrt(2 / m)


SCALINGS: Table[Scaling | Law | Given] = Table(
    "scaling of initial weights",
    {
        "he": Scaling("He", _he),
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
        # He's weights, whose breakpoints are placed where the data are, or that bend sharply here and there.
        "uniform_breakpoints": Placed("uniform-breakpoint", _he, keys=("interval",), place=uniform),
        "sample_breakpoints": Placed("sample-breakpoint", _he, place=at_samples),
        "spikes": Spiked("spiky", _he, keys=("spikes", "spike_height", "spike_width"), network=of_spikes),
        "file": Given("given", ("path",), of_file),
        "knots": Given("given", ("breakpoints", "jumps", "orientations"), of_knots),
        "weights": Given("given", ("w", "b", "v", "c"), of_weights),
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
    """(σ_w, σ_b, σ_v) of the weights that `initialize` draws; None where that is not their law, or there is none."""
    row = SCALINGS[config.scaling]
    if not isinstance(row, Scaling) or isinstance(row, Placed | Spiked):
        return None
    return _deviations(row, config)


def given_width(config: InitConfig) -> int | None:
    """The number of neurons of a network that is given; None of one that is drawn.

    Raises InputError where it cannot be read.
    """
    row = SCALINGS[config.scaling]
    return (1 + config.antisymmetric) * len(row.network(config)) if isinstance(row, Given) else None


def check_scaling(config: InitConfig) -> None:
    """Raise InputError, with keys in backticks, for a key that the config's scaling has no use for or cannot obey, and
    for neurons that are given and are more than the width.
    """
    row, blank = SCALINGS[config.scaling], InitConfig()
    others = {key for each in SCALINGS.values() for key in each.keys} - set(row.keys)
    for name in [*sorted(others), *row.unused]:
        value = getattr(config, name)
        if not np.array_equal(value, getattr(blank, name)):  # from Python lists may be arrays
            raise InputError(f"`{name}` = {shown(value)}: not used by `scaling` = {config.scaling}; leave it out")
    if isinstance(row, Spiked) and (taken := len(row.network(config))) > config.width:
        words = f"takes {taken} neurons, and `width` = {config.width}; give a width of {taken} or more"
        raise InputError(f"`scaling` = {config.scaling}: {words}")


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
    samples: np.ndarray | None = None,
    **given: Any,
) -> Network:
    """A random network of `width` neurons; the same arguments give the same network on every machine.

    scale multiplies all weights; layer_ratio k multiplies the hidden layer and divides the output layer, which
    moves every δ = v² − w² − b² at the same function. balanced sets v = ±‖(w, b)‖, so δ = 0.
    antisymmetric takes every neuron twice with opposite v, so f = 0 at t = 0 (width must be even).
    samples: x of the data (N,), where breakpoints are placed by them.
    given: further keys of the group `init`; the width of networks that are not drawn is their own.
    Raises InputError for an odd width with antisymmetric, for what `check_scaling` refuses, for a file of weights that
    cannot be read, for no spikes where some are asked for, and where samples are needed and not given.
    """
    if antisymmetric and width % 2:
        raise InputError(f"`width` = {width}: an antisymmetric network needs an even width")
    drawn = scaling, distribution, width, scale, layer_ratio, bias_ratio, balanced, antisymmetric, seed
    config = InitConfig(*drawn, **given)
    check_scaling(config)
    w, b, v, c = _weights(width // 2 if antisymmetric else width, config, samples)
    if balanced:
        v = np.copysign(np.sqrt(w * w + b * b), v)  # hypot may differ in the last digit between libraries
    if antisymmetric:
        w, b, v = np.tile(w, 2), np.tile(b, 2), np.concatenate([v, -v])
    return Network(w, b, v, c)


def _weights(count: int, config: InitConfig, samples: np.ndarray | None) -> _Weights:
    """(w, b, v, c) of `count` neurons, or of those that are given, at the config's scale and ratios."""
    row, rng = SCALINGS[config.scaling], np.random.default_rng(config.seed)
    if isinstance(row, Spiked):
        return _with_given(row.network(config), row, count, rng, config)
    if isinstance(row, Scaling):
        w, b, v = _drawn(row, count, rng, config)
        if isinstance(row, Placed):
            b = -w * row.place(count, rng, config, _needed(samples, config))
        return w, b, v, 0.0
    hidden, output = config.scale * config.layer_ratio, config.scale / config.layer_ratio
    if isinstance(row, Given):
        network = row.network(config)
        return hidden * network.w, hidden * network.b, output * network.v, network.c
    w, b, v = row.draw(count, rng, config)
    return hidden * np.asarray(w), hidden * np.asarray(b), output * np.asarray(v), 0.0


def _drawn(
    row: Scaling, count: int, rng: np.random.Generator, config: InitConfig
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    w, b, v = DISTRIBUTIONS[config.distribution](rng, (3, count))
    sigma_w, sigma_b, sigma_v = _deviations(row, config)
    return sigma_w * w, sigma_b * b, sigma_v * v


def _with_given(network: Network, row: Scaling, count: int, rng: np.random.Generator, config: InitConfig) -> _Weights:
    """A given network, and neurons that are drawn up to `count`."""
    w, b, v = _drawn(row, count - len(network), rng, config)
    join = np.concatenate
    return join([network.w, w]), join([network.b, b]), join([network.v, v]), network.c


def _needed(samples: np.ndarray | None, config: InitConfig) -> np.ndarray:
    if samples is None:
        raise InputError(f"`samples`: `scaling` = {config.scaling} places breakpoints by the data; give their x")
    return np.asarray(samples, dtype=float)


def _deviations(row: Scaling, config: InitConfig) -> tuple[float, float, float]:
    sigma_w, sigma_v = row.deviations(config.width)
    hidden = config.scale * config.layer_ratio * sigma_w
    return hidden, hidden * config.bias_ratio, config.scale / config.layer_ratio * sigma_v
