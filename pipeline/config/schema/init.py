"""Keys of the group `init`."""

from dataclasses import dataclass

from pipeline.config.fields import config_key


@dataclass
class InitConfig:
    """Group `init`: the network at t = 0."""

    scaling: str = config_key("he", "standard deviations of the weights, as functions of the width")
    distribution: str = config_key("normal", "law of the weights, with the scaling's standard deviations")
    width: int = config_key(60, "m, number of neurons", at_least=1, at_most=10_000_000)
    scale: float = config_key(
        1.0, "factor on all weights: small is the adaptive regime, large the kernel regime", above=0, at_most=1e25
    )
    layer_ratio: float = config_key(
        1.0,
        "factor on the hidden layer, divisor of the output layer: same function, other δ = v² - w² - b²",
        above=0,
        at_most=1e25,
    )
    bias_ratio: float = config_key(
        1.0,
        "σ_b / σ_w, width of the breakpoints' distribution; 0 puts all breakpoints at 0",
        unit="x as the network sees it",
        at_least=0,
        at_most=1e25,
    )
    balanced: bool = config_key(False, "true: v = ±‖(w, b)‖, so that every δ is 0")
    antisymmetric: bool = config_key(
        False, "true: every neuron twice with opposite v, so that f = 0 at t = 0 (width must be even)"
    )
    seed: int = config_key(0, "of the random numbers", at_least=0, at_most=2**63 - 1)
    # given networks
    path: str | None = config_key(
        None,
        "file of weights, .npz or .safetensors: w, b, v and c, or a state dict of two linear layers",
        verbatim=True,
    )
    breakpoints: list[float] = config_key(
        [], "where its knots are, a neuron each", unit="x as the network sees it", at_least=-1e50, at_most=1e50
    )
    jumps: list[float] = config_key(
        [],
        "by how much the slope jumps at each of them",
        unit="y/x as the network sees them",
        at_least=-1e25,
        at_most=1e25,
    )
    orientations: list[int] = config_key(
        [], "1 for a neuron active right of its breakpoint, -1 left of it; none: all 1", at_least=-1, at_most=1
    )
    w: list[float] = config_key(
        [], "input weights, one a neuron", unit="of the network's inputs and outputs", at_least=-1e50, at_most=1e50
    )
    b: list[float] = config_key([], "biases", unit="likewise", at_least=-1e50, at_most=1e50)
    v: list[float] = config_key([], "output weights", unit="likewise", at_least=-1e50, at_most=1e50)
    c: float = config_key(0.0, "output bias", unit="likewise", at_least=-1e50, at_most=1e50)
    # laws of breakpoints, and spikes
    interval: list[float] = config_key(
        [],
        "[first, last] between which breakpoints are placed; none: the first and the last sample",
        unit="x as the network sees it",
        at_least=-1e50,
        at_most=1e50,
    )
    spikes: list[float] = config_key(
        [],
        "where f starts with a spike, three neurons each",
        unit="x as the network sees it",
        at_least=-1e50,
        at_most=1e50,
    )
    spike_height: float = config_key(
        1.0, "of each, whatever the scale", unit="y as the network sees it", at_least=-1e25, at_most=1e25
    )
    spike_width: float = config_key(0.2, "of the foot of each", unit="x as the network sees it", above=0, at_most=1e25)
