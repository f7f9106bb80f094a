"""How fast a network learns at the start."""

import numpy as np
import pytest

from pipeline import Data, Network
from pipeline.simulate.learning_rate import kernel_trace, safe_rate


@pytest.mark.parametrize("train", ["all", "hidden", "output"])
@pytest.mark.parametrize("output_bias", [False, True])
def test_the_trace_is_that_of_the_kernel_written_out(train, output_bias):
    rng = np.random.default_rng(3)
    x = rng.integers(-4, 5, 30) / 4  # repeated, and some at breakpoints
    network = Network(rng.choice([-1.0, 0.0, 1.0], 50), rng.integers(-4, 5, 50) / 4, rng.normal(size=50))
    z = np.multiply.outer(x, network.w) + network.b
    hidden = (z > 0) @ network.v**2 * (1 + x**2)
    output = np.sum(np.maximum(z, 0) ** 2, axis=1) + output_bias
    written_out = {"all": hidden + output, "hidden": hidden, "output": output}[train].sum()
    assert kernel_trace(network, Data(x, np.zeros(30)), train, output_bias) == pytest.approx(written_out, rel=1e-12)


def test_the_rate_of_a_network_without_gradient_is_one():
    assert safe_rate(Network([0.0], [-1.0], [1.0]), Data([0.0, 1.0], [0.0, 1.0])) == 1.0
