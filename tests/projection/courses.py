"""Runs for tests: frames of given networks, beside the definitions of what is computed from them."""

import numpy as np

from pipeline import Data, Network, Trajectory
from pipeline.projection.run_on_samples import RunOnSamples


def frozen(networks: list[Network], data: Data, held=None) -> Trajectory:
    """A trajectory through given networks, at times 0, 1, 2, …"""
    stack = {key: np.array([getattr(network, key) for network in networks]) for key in "wbvc"}
    loss = np.array([loss_of(network, data) for network in networks])
    held = np.full(stack["w"].shape, -1) if held is None else np.asarray(held)
    return Trajectory(np.arange(len(networks)), **stack, loss=loss, held=held, x=data.x, y=data.y)


def course(networks: list[Network] | Network, data: Data, held=None) -> RunOnSamples:
    """The run of `frozen`."""
    return RunOnSamples.of(frozen([networks] if isinstance(networks, Network) else networks, data, held))


def random_network(m: int, seed: int, scale: float = 1.0) -> Network:
    """Standard normal weights and a bias."""
    rng = np.random.default_rng(seed)
    return Network(*(scale * rng.normal(size=(3, m))), rng.normal())


def random_data(rows: int = 17, seed: int = 0, repeats: int = 5) -> Data:
    """Samples of which the last `repeats` share their x with others."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1.5, 2, size=rows)
    x[rows - repeats :] = x[:repeats]
    return Data(x, rng.normal(size=rows))


def odd_network() -> Network:
    """Affine, dead, overflowing and sample-hitting neurons among plain ones (samples of `odd_data`)."""
    w = [0.0, 0.0, 0.0, 0.0, 5e-324, -5e-324, 1e-200, 1.0, -1.0, 2.0, 1.0, -1.0, 1.0, 1.0, 0.7]
    b = [1.0, -1.0, 0.0, 2.0, 1.0, -1.0, 1.0, 0.0, 0.0, -1.0, -9.0, -9.0, 9.0, -0.3, 0.2]
    v = [0.5, 1.0, 1.0, 0.0, -1.0, 1.0, 0.3, 1.0, -2.0, 0.7, 1.0, 1.0, -0.2, 0.0, 1.0]
    return Network(w, b, v, 0.1)


def odd_data() -> Data:
    """Samples with repeated x, two of them on breakpoints of `odd_network`."""
    return Data([-1.0, 0.0, 0.0, 0.5, 1.0, 1.0, 1.0], [1.0, -0.5, 0.3, 0.8, 0.0, 0.1, 0.5])


def loss_of(network: Network, data: Data) -> float:
    """½Σ(f(xₙ) − yₙ)² over all rows."""
    return 0.5 * float(np.sum((network.evaluate(data.x) - data.y) ** 2))


def loss_gradient(network: Network, data: Data) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """∂L/∂w, ∂L/∂b, ∂L/∂v by the definition, row by row."""
    z = np.multiply.outer(data.x, network.w) + network.b
    active = z > 0
    residual = (network.evaluate(data.x) - data.y)[:, None]
    w, b = (np.sum(residual * network.v * active * factor, axis=0) for factor in (data.x[:, None], 1.0))
    return w, b, np.sum(residual * np.maximum(z, 0), axis=0)


def jacobian(network: Network, x: np.ndarray) -> np.ndarray:
    """(P, 3m) derivatives of f at x by w, b, v, by the definition."""
    z = np.multiply.outer(x, network.w) + network.b
    active = (z > 0).astype(float)
    return np.concatenate([network.v * active * x[:, None], network.v * active, np.maximum(z, 0)], axis=1)
