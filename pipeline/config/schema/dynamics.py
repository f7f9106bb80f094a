"""Keys of the group `dynamics`."""

from dataclasses import dataclass


@dataclass
class DynamicsConfig:
    """Group `dynamics`: how the network learns."""

    kind: str = "gradient_flow"
    end_time: float = 30.0
    train: str = "all"
    output_bias: bool = False
    weight_decay: float = 0.0
    # gradient_flow
    rtol: float = 1e-5
    max_steps: int = 2_000_000
    # gradient_descent, adam
    learning_rate: float | None = None
    batch_size: int | None = None
    label_noise: float = 0.0
    momentum: float = 0.0
    seed: int = 0
