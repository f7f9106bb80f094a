"""Networks at t = 0: the scalings in use, and what moves their regime (Sahs et al., section 4; theory of δ).

Every scaling is a row (σ_w, σ_v) of standard deviations for fan-in 1 and m neurons; biases have σ_b =
bias_ratio · σ_w, so that breakpoints of a normal initialisation are Cauchy(0, bias_ratio).
"""

import math
from collections.abc import Callable

import numpy as np

from pipeline.errors import InputError
from pipeline.model.network import Network

SCALINGS: dict[str, Callable[[int], tuple[float, float]]] = {
    # He et al. (2015): 2 / fan-in.
    "he": lambda m: (math.sqrt(2), math.sqrt(2 / m)),
    # Glorot & Bengio (2010): 2 / (fan-in + fan-out).
    "glorot": lambda m: (math.sqrt(2 / (m + 1)), math.sqrt(2 / (m + 1))),
    # LeCun et al. (1998): 1 / fan-in.
    "lecun": lambda m: (1.0, math.sqrt(1 / m)),
    # torch.nn.Linear: uniform on ±1/√fan-in.
    "pytorch": lambda m: (math.sqrt(1 / 3), math.sqrt(1 / (3 * m))),
    # Jacot et al. (2018): f = m^(−1/2) Σ v max(wx + b, 0) with unit weights, the factor shared out over the layers.
    "ntk": lambda m: (m**-0.25, m**-0.25),
    # Mei et al. (2018): f = m^(−1) Σ v max(wx + b, 0) with unit weights, the factor shared out over the layers.
    "mean_field": lambda m: (m**-0.5, m**-0.5),
}

DISTRIBUTIONS: dict[str, Callable[[np.random.Generator, tuple[int, int]], np.ndarray]] = {
    "normal": lambda rng, shape: rng.standard_normal(shape),
    "uniform": lambda rng, shape: math.sqrt(3) * rng.uniform(-1, 1, shape),
}


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
) -> Network:
    """A random network of `width` neurons; the same arguments give the same network on every machine.

    scale multiplies all weights; layer_ratio k multiplies the hidden layer and divides the output layer, which
    moves every δ = v² − w² − b² at the same function. balanced sets v = ±‖(w, b)‖, so δ = 0.
    antisymmetric takes every neuron twice with opposite v, so f = 0 at t = 0 (width must be even).
    Raises InputError for an odd width with antisymmetric.
    """
    if antisymmetric and width % 2:
        raise InputError(f"init.width = {width}: an antisymmetric network needs an even width")
    sigma_w, sigma_v = SCALINGS[scaling](width)
    drawn = width // 2 if antisymmetric else width
    w, b, v = DISTRIBUTIONS[distribution](np.random.default_rng(seed), (3, drawn))
    w = scale * layer_ratio * sigma_w * w
    b = scale * layer_ratio * sigma_w * bias_ratio * b
    v = scale / layer_ratio * sigma_v * v
    if balanced:
        v = np.copysign(np.sqrt(w * w + b * b), v)  # hypot may differ in the last digit between libraries
    if antisymmetric:
        w, b, v = np.tile(w, 2), np.tile(b, 2), np.concatenate([v, -v])
    return Network(w, b, v)
