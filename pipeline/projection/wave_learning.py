"""How long a wave takes to learn, by its frequency and by the layers that learn: spectral bias (Basri et al. 2020).

y = sin κx on N samples over a stretch of length ℓ, and neurons with breakpoints evenly along it. The tangent kernel of
the output layer, Σ w²(x − β)₊(x' − β)₊, is differentiated twice by either argument to (Σw²/ℓ) δ(x − x'), that of the
hidden layer, Σ v²(1 + xx') 1[both active], once to (Σv²/ℓ)(1 + x²) δ(x − x'), up to what varies slowly. So residuals of
a wave decay, away from the ends, at the rate

    R(x) = (N/ℓ²) [Σw²/κ⁴ + (1 + x²) Σv²/κ²]

of the layers that learn, sums over the breakpoints among the samples: twice the frequency takes 16 times as long if
the output layer learns alone, 4 times if the hidden layer does, and of both the hidden one decides from
κ² = Σw²/Σv² on, which the ratio of the layers moves. It is of a kernel that does not move (arXiv:2003.04560).
"""

import numpy as np

from pipeline.projection.activity import Samples
from pipeline.projection.linearized import start_kernels
from pipeline.projection.run_on_samples import RunOnSamples

HALVINGS = 60  # of an interval of 15 decades of time


def unlearnt(run: RunOnSamples) -> np.ndarray:
    """(F,) ‖f − y‖ / ‖y‖ over the rows at distinct samples; 0 where y is 0."""
    left, whole = (np.sqrt(np.sum(run.samples.weight * part**2, axis=-1)) for part in (run.residual, run.samples.y))
    return np.asarray(left / whole if whole else np.zeros_like(left))


def predicted(run: RunOnSamples, t: np.ndarray, hidden: bool, output: bool) -> np.ndarray:
    """(T,) what is left of a wave at times t (T,) from the first frame's on; 0 of what has no frequency."""
    rate = rates(run, hidden, output)
    if rate is None:
        return np.zeros(len(t))
    share = run.samples.weight * run.samples.y**2
    return np.asarray(np.sqrt(np.exp(-2 * np.multiply.outer(t, rate)) @ share / np.sum(share)))


def rates(run: RunOnSamples, hidden: bool, output: bool) -> np.ndarray | None:
    """(K,) R at the distinct samples, for the first frame's weights; None where y has no frequency. Unit 1/t."""
    samples, first = run.samples, run.trajectory
    square = squared_frequency(samples)
    if square == 0:
        return None
    among = (run.breakpoint[0] >= samples.x[0]) & (run.breakpoint[0] <= samples.x[-1])
    w, v = (np.sum(part[0, among] ** 2) for part in (first.w, first.v))
    return np.asarray(
        np.sum(samples.weight) / samples.span**2
        * (output * w / square**2 + hidden * v * (1 + samples.x**2) / square)
    )  # fmt: skip


def squared_frequency(samples: Samples) -> float:
    """κ² = ∫y'² / ∫y² of the polygon through the samples, which is that of a wave; 0 of a constant. Unit 1/x²."""
    gap, step = np.diff(samples.x), np.diff(samples.y)
    whole = np.sum(gap * (samples.y[1:] ** 2 + samples.y[:-1] ** 2)) / 2
    return float(np.sum(step**2 / gap) / whole) if whole else 0.0


def predicted_half_time(run: RunOnSamples, hidden: bool, output: bool) -> float:
    """When half of a wave is left, by R; 0 of what has no frequency, +∞ where nothing would move it. Unit t."""
    rate = rates(run, hidden, output)
    return 0.0 if rate is None else decay_half_time(rate, np.sqrt(run.samples.weight) * run.samples.y)


def kernel_exponent(run: RunOnSamples, slower: np.ndarray, **learns: bool) -> float:
    """log₂ of how much longer the first frame's kernel takes to learn half of y than of `slower` (K,) at the samples.

    Of waves, where the slower has half the frequency, the power of the frequency; 0 where one is never half learnt.
    """
    samples = run.samples
    root = np.sqrt(samples.weight)
    kernel, _ = start_kernels(run, samples.x, **learns)
    value, vector = np.linalg.eigh(kernel * np.outer(root, root))
    times = [decay_half_time(value, vector.T @ (root * y)) for y in (samples.y, slower)]
    return float(np.log2(times[0] / times[1])) if np.all(np.isfinite(times)) else 0.0


def decay_half_time(rate: np.ndarray, part: np.ndarray) -> float:
    """When the norm of parts (K,), each times e^(−rate t), is half of what it is at 0; +∞ if never. Unit t.

    Rates (K,) below 0, which are rounding's, count as 0.
    """
    rate, square = np.maximum(rate, 0.0), part**2
    high = 1e12 / rate.max() if rate.max() > 0 else 0.0
    if not np.sum(square) or np.sum(square * np.exp(-2 * rate * high)) > 0.25 * np.sum(square):
        return np.inf
    low = 1e-3 / rate.max()
    for _ in range(HALVINGS):
        middle = np.sqrt(low * high)
        late = np.sum(square * np.exp(-2 * rate * middle)) > 0.25 * np.sum(square)
        low, high = (middle, high) if late else (low, middle)
    return float(high)
