"""Problems of gradient flow as a page poses them: samples that are dragged, and what such a drag may come to."""

from typing import Any

import numpy as np

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow
from pipeline.simulate.trajectory import Trajectory

KINDS = "plain", "passed", "caught", "same_x", "dead", "decay", "output", "hidden", "symmetric", "bias"


def posed(seed: int) -> dict[str, Any]:
    """A random problem, of the kind that the seed's last digit says, as numbers for JSON."""
    rng, kind = np.random.default_rng(seed), KINDS[seed % len(KINDS)]
    m, n = int(rng.integers(2, 24)), int(rng.integers(3, 12))
    x, y = rng.uniform(-1, 1, n), rng.standard_normal(n)
    w, b, v = rng.uniform(0.1, 1.5) * rng.standard_normal((3, m))
    wish: dict[str, Any] = {"weight_decay": 0.0, "train": "all", "output_bias": False, "rtol": 1e-5}
    if kind == "passed":  # dragged through another, both by a hair off
        x[0] = x[1] + rng.choice([-1, 1]) * 10.0 ** rng.integers(-9, -2)
    if kind == "caught":  # dragged onto a breakpoint
        x[0] = -b[0] / w[0]
    if kind == "same_x":
        x[:2] = x[2]
    if kind == "dead":  # active at no sample
        w[0], b[0] = abs(w[0]), -5 * abs(w[0])
    if kind == "symmetric":
        w[1], b[1], v[1] = w[0], b[0], -v[0]
    wish |= {"decay": {"weight_decay": 0.01}, "output": {"train": "output"}, "hidden": {"train": "hidden"}}.get(
        kind, {}
    )
    wish |= {"bias": {"output_bias": True}}.get(kind, {})
    times = np.union1d([0.0], np.geomspace(1e-3, 30.0, 39))
    given = {"x": x, "y": y, "w": w, "b": b, "v": v, "times": times}
    return wish | {name: values.tolist() for name, values in given.items()}


def solved(problem: dict[str, Any]) -> Trajectory:
    """What Python's solver finds."""
    options = {name: problem[name] for name in ("rtol", "weight_decay", "train", "output_bias")}
    network = Network(problem["w"], problem["b"], problem["v"])
    return gradient_flow(network, Data(problem["x"], problem["y"]), problem["times"], **options)
