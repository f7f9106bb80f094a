"""Two neurons that pass, are held and are released, and one that learns a point: all in closed form.

Samples at 0 and 1, train="hidden". Neuron 0 (v = 1) starts active at x = 1 only, neuron 1 at x = 0 only, where it
stays. With the errors ε₀, ε₁ of f there, b₁' = −v₁ε₀, and neuron 0 has w' = b' = −ε₁ until its b, which is z at
x = 0, has come up to 0. As ε₁ = w + b − y₁ that is linear: ε₁' = −2ε₁.
"""

import numpy as np
import pytest

from pipeline.model.data import Data
from pipeline.model.network import Network
from pipeline.simulate.gradient_flow import gradient_flow

B0, W0, Y1 = -0.2, 1.0, 3.0
MEETS = 0.5 * np.log(2.2 / 1.8)  # ε₁ = −2.2 exp(−2t); b = B0 + (2.2 − |ε₁|)/2 is 0 where ε₁ = −1.8, and w is 1.2 then
TIMES = np.linspace(0, 3, 301)


def learn(v1, b1, error):
    """The run in which ε₀ starts at `error`."""
    network = Network([W0, -50.0], [B0, b1], [1.0, v1])
    return gradient_flow(network, Data([0.0, 1.0], [v1 * b1 - error, Y1]), TIMES, 1e-10, train="hidden")


def agrees(run, w, b, since, until=np.inf):
    now = (run.t > since) & (run.t < until)
    assert np.max(np.abs(run.w[now, 0] - w(run.t[now] - since))) < 1e-6
    assert np.max(np.abs(run.b[now, 0] - b(run.t[now] - since))) < 1e-6


def decay(rate, t):
    """∫₀ᵗ exp(−rate s) ds."""
    return -np.expm1(-rate * t) / rate


@pytest.mark.parametrize(("v1", "b1", "error"), [(1.0, 1.5, 0.0), (1.0, 5.0, 4.0), (2.0, 5.0, 8.0)])
def test_until_it_meets_the_sample(v1, b1, error):
    agrees(learn(v1, b1, error), lambda t: W0 + 2.2 * decay(2, t), lambda t: B0 + 2.2 * decay(2, t), 0.0, MEETS)


def test_pass():
    """ε₀ = 0 until the pass. Then (ε₀ + ε₁)' = −3(ε₀ + ε₁), (ε₀ − ε₁)' = −(ε₀ − ε₁), b' = −ε₀ − ε₁, w' = −ε₁."""
    run = learn(1.0, 1.5, 0.0)
    assert np.all(run.held == -1)
    agrees(run, lambda t: 1.2 + 0.9 * (decay(1, t) + decay(3, t)), lambda t: 1.8 * decay(3, t), MEETS)


def test_hold():
    """ε₀ = 4 exp(−t) pushes b down harder than ε₁ pulls it up, for ever: b = 0, and ε₁' = −ε₁ as w alone moves."""
    run = learn(1.0, 5.0, 4.0)
    assert np.array_equal(run.held[:, 0] == 0, run.t > MEETS)
    agrees(run, lambda t: 1.2 + 1.8 * decay(1, t), np.zeros_like, MEETS)


def test_release():
    """Where ε₀ = 8 exp(−4t) has become weaker than ε₁ = −1.8 exp(−s) after a hold of length s, the neuron is let in.

    Then (ε₀, ε₁)' = −A(ε₀, ε₁) with A = (5 1; 1 2), b' = −ε₀ − ε₁ and w' = −ε₁.
    """
    run = learn(2.0, 5.0, 8.0)
    length = np.log(8 * np.exp(-4 * MEETS) / 1.8) / 3
    leaves = MEETS + length
    assert np.array_equal(run.held[:, 0] == 0, (run.t > MEETS) & (run.t < leaves))
    agrees(run, lambda t: 1.2 + 1.8 * decay(1, t), np.zeros_like, MEETS, leaves)
    rates, vectors = np.linalg.eigh([[5.0, 1.0], [1.0, 2.0]])
    parts = vectors.T @ (1.8 * np.exp(-length) * np.array([1.0, -1.0]))

    def travelled(t):
        """∫(ε₀, ε₁): (2, T)."""
        return vectors @ (parts[:, None] * decay(rates[:, None], t))

    w = 1.2 + 1.8 * decay(1, length)
    agrees(run, lambda t: w - travelled(t)[1], lambda t: -travelled(t).sum(axis=0), leaves)


def test_a_balanced_neuron_learns_a_point_like_the_logistic_function():
    """Where v²(1 + x²) = z² > 0, both layers learning, p = v z obeys p' = −2√(1 + x²) p (p − y)."""
    x, y, v = 0.75, 2.0, 0.01
    z = v * np.hypot(1, x)  # (w, b) along (x, 1)
    network = Network([z * x / (1 + x * x)], [z / (1 + x * x)], [v])
    run = gradient_flow(network, Data([x], [y]), TIMES, 1e-9)
    p = y / (1 + (y / (v * z) - 1) * np.exp(-2 * np.hypot(1, x) * y * TIMES))
    assert np.max(np.abs(run.v[:, 0] * (run.w[:, 0] * x + run.b[:, 0]) - p)) < 1e-7
