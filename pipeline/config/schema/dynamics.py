"""Keys of the group `dynamics`."""

from dataclasses import dataclass

from pipeline.config.fields import config_key


@dataclass
class DynamicsConfig:
    """Group `dynamics`: how the network learns."""

    kind: str = config_key("gradient_flow", "gradient flow, an optimiser that takes steps, or a recorded run")
    end_time: float = config_key(
        30.0,
        "training time at the last frame; of an optimiser, iterates times learning_rate",
        unit="training time",
        above=0,
        at_most=1e50,
    )
    train: str = config_key("all", "which layers learn: all, hidden (w and b) or output (v)")
    output_bias: bool = config_key(False, "true: f has a bias of its own, which learns with the output layer")
    weight_decay: float = config_key(0.0, "λ of the penalty ½λ‖θ‖²", at_least=0, at_most=1e25)
    loss: str = config_key(
        "squared",
        "what each row adds to the loss: squared, ½(f − y)²; logistic, ln(1 + exp(−y f)), of labels y = ±1; or huber",
    )
    activation: str = config_key("relu", "of the neurons: relu, leaky_relu, or abs, the absolute value")
    leak: float = config_key(0.1, "slope of the inactive side of leaky_relu", above=-1, below=1)
    # gradient flow
    rtol: float = config_key(
        1e-5, "aim for the error of the function shown, relative to the largest |y|", at_least=1e-12, at_most=0.1
    )
    max_steps: int = config_key(2_000_000, "steps after which the solver gives up", at_least=1, at_most=10**15)
    # optimisers
    learning_rate: float | None = config_key(
        None,
        "step size; null: 1 / trace of the tangent kernel at the start, and 0.001 of adam",
        unit="training time",
        above=0,
        at_most=1e50,
    )
    batch_size: int | None = config_key(None, "rows a step; null: all", at_least=1, at_most=10**9)
    label_noise: float = config_key(
        0.0,
        "standard deviation of fresh Gaussian noise on the labels of every step",
        unit="y",
        at_least=0,
        at_most=1e50,
    )
    momentum: float = config_key(0.0, "of the heavy ball, from 0 to less than 1", at_least=0, below=1)
    seed: int = config_key(0, "of batches and label noise", at_least=0, at_most=2**63 - 1)
    # recorded runs
    path: str | None = config_key(
        None,
        "the recorded run: an .npz file of all times with t, w, b, v (c, loss, x, y); a folder of checkpoints, .npz, "
        ".safetensors or .pt; or their names with a *, 'dynamics.path=\"runs/step_*.npz\"'",
        verbatim=True,
    )
    time_label: str = config_key("", "what its times count, such as step or epoch; empty: training time t")
