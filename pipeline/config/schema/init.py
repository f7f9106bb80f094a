"""Keys of the group `init`."""

from dataclasses import dataclass


@dataclass
class InitConfig:
    """Group `init`: the network at t = 0."""

    scaling: str = "he"
    distribution: str = "normal"
    width: int = 60
    scale: float = 1.0
    layer_ratio: float = 1.0
    bias_ratio: float = 1.0
    balanced: bool = False
    antisymmetric: bool = False
    seed: int = 0
