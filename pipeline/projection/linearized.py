"""The network with its kernel frozen at t = 0: the exact solution of the linearised flow.

    ε' = −KWε  over the distinct samples with weights W        f(x, t) = f₀(x) − k(x) W^½ φ(S, t) W^½ ε₀

with S = W^½ K W^½ = U diag(s) Uᵀ, φ(s, t) = (1 − e^(−st))/s = t at s = 0, and k(x) the kernel between x and the
samples. It is what the network does if its tangent kernel does not move (Jacot et al. 2018; Lee et al. 2019).
"""

from collections.abc import Callable

import numpy as np

from pipeline.projection.activity import active_runs
from pipeline.projection.run_on_samples import RunOnSamples
from pipeline.projection.tangent_kernel import tangent_kernel

LEAST = 1e-12  # of the largest eigenvalue: modes below are rounding's, and no neuron can learn them


def linearized_flow(run: RunOnSamples, x: np.ndarray, **learns: bool) -> np.ndarray:
    """(F, P) f of the linearised flow from the first frame on, at points x (P,) and the frames' times.

    learns: hidden, output, output_bias as in tangent_kernel.
    """
    return _start_less(run, x, lambda value: integrated_decay(value, run.trajectory.t), learns)


def linearized_limit(run: RunOnSamples, x: np.ndarray, **learns: bool) -> np.ndarray:
    """(P,) f of the linearised flow as t → ∞: f₀ less the kernel's interpolation of the residuals at the start.

    learns: as of linearized_flow.
    """
    return np.asarray(_start_less(run, x, lambda value: inverse(value)[None], learns)[0])


def _start_less(
    run: RunOnSamples, x: np.ndarray, learnt: Callable[[np.ndarray], np.ndarray], learns: dict[str, bool]
) -> np.ndarray:
    """(L, P) f₀ − k(x) W^½ φ(S) W^½ ε₀; learnt gives φ of the eigenvalues of S, (K,) → (L, K)."""
    root = np.sqrt(run.samples.weight)
    kernel, cross = start_kernels(run, x, **learns)
    value, vector = np.linalg.eigh(kernel * np.outer(root, root))
    modes = learnt(value) * (vector.T @ (root * run.residual[0]))
    return np.asarray(run.spline.evaluate_frame(0, x) - (modes @ vector.T * root) @ cross.T)


def integrated_decay(rate: np.ndarray, t: np.ndarray) -> np.ndarray:
    """(F, K) ∫₀ᵗ e^(−su) du = (1 − e^(−st))/s for rates s (K,), those below 0 by rounding taken as 0, t from t[0]."""
    rate, elapsed = np.maximum(rate, 0.0), (t - t[0])[:, None]
    product = rate * elapsed
    ratio = np.divide(-np.expm1(-product), product, out=np.ones_like(product), where=product > 0)
    return np.asarray(ratio * elapsed)


def inverse(rate: np.ndarray) -> np.ndarray:
    """(K,) 1/s for rates s (K,), 0 for those that are never learnt."""
    learnt = rate > LEAST * rate.max(initial=0.0)
    return np.asarray(np.divide(1.0, rate, out=np.zeros_like(rate), where=learnt))


def start_kernels(run: RunOnSamples, x: np.ndarray, **learns: bool) -> tuple[np.ndarray, np.ndarray]:
    """(K, K) kernel of the first frame among the distinct samples, and (P, K) between points x and them."""
    t, samples = run.trajectory, run.samples
    union = np.union1d(x, samples.x)
    runs = active_runs(run.breakpoint[0], run.spline.orientation[0], t.b[0] > 0, union)
    kernel = tangent_kernel(t.w[0], t.b[0], t.v[0], runs, union, **learns)
    at_samples, at_points = np.searchsorted(union, samples.x), np.searchsorted(union, x)
    return kernel[np.ix_(at_samples, at_samples)], kernel[np.ix_(at_points, at_samples)]
