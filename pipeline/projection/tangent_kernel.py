"""The (neural) tangent kernel of a network in O(m + K²).

    K(x, x') = Σᵢ 1[both active] (vᵢ²(xx' + 1) + zᵢ(x) zᵢ(x'))        (+ 1 where the output bias learns)

A right-facing neuron is active at both points if it is at the left one, a left-facing neuron if it is at the right
one. So with running sums over sorted points of v², w², wz₀, z₀² (z₀ = z at the middle of the points), every entry
is a product with two table entries: one at the smaller, one at the larger index (theory: Jacot et al. 2018).

Kernels of several rows with the same x: entry K(xⱼ, xₖ) times √(weightⱼ weightₖ) has the nonzero eigenvalues, trace
and Frobenius norm of the N x N matrix over all rows.
"""

import numpy as np

from pipeline.projection.activity import Runs
from pipeline.projection.run_on_samples import RunOnSamples


def tangent_kernel(
    w: np.ndarray, b: np.ndarray, v: np.ndarray, runs: Runs, x: np.ndarray,
    hidden: bool = True, output: bool = True, output_bias: bool = False,
) -> np.ndarray:  # fmt: skip
    """(K, K) kernel of m neurons at sorted points x (K,) with their runs (m,); which parameters learn is chosen.

    Unit of f² over that of θ².
    """
    middle = 0.5 * (x[0] + x[-1])
    xi, z = x - middle, b + w * middle
    vv, ww, wz, zz = (_both_active(term, runs, len(x)) for term in (v * v, w * w, w * z, z * z))
    kernel = np.full((len(x), len(x)), float(output_bias))
    if hidden:
        kernel += vv * (1 + np.outer(x, x))
    if output:
        kernel += ww * np.outer(xi, xi) + wz * np.add.outer(xi, xi) + zz
    return kernel


def _both_active(term: np.ndarray, runs: Runs, count: int) -> np.ndarray:
    """(K, K) sums of term (m,) over the neurons active at both points."""
    right = runs.alive & (runs.stop == count)
    left = runs.alive & ~right
    rising = np.cumsum(np.bincount(runs.start[right], term[right], count))
    falling = np.cumsum(np.bincount(runs.stop[left] - 1, term[left], count)[::-1])[::-1]
    index = np.arange(count)
    return rising[np.minimum.outer(index, index)] + falling[np.maximum.outer(index, index)]


def kernel_matrices(run: RunOnSamples, **learns: bool) -> np.ndarray:
    """(F, K, K) weighted kernel of every frame at the distinct samples; learns: hidden, output, output_bias."""
    t, x, runs = run.trajectory, run.samples.x, run.runs
    root = np.sqrt(run.samples.weight)
    frames = range(len(t.t))
    kernels = [tangent_kernel(t.w[k], t.b[k], t.v[k], Runs(runs.start[k], runs.stop[k]), x, **learns) for k in frames]
    return np.stack(kernels) * np.outer(root, root)


def kernel_eigenvalues(kernels: np.ndarray) -> np.ndarray:
    """(F, K) eigenvalues of kernels (F, K, K), largest first."""
    return np.linalg.eigvalsh(kernels)[:, ::-1]


def kernel_drift(kernels: np.ndarray) -> np.ndarray:
    """(F,) ‖K(t) − K(0)‖ / ‖K(0)‖ in Frobenius norm, of kernels (F, K, K); 0 where K(0) = 0."""
    change = np.linalg.norm(kernels - kernels[0], axis=(1, 2))
    start = np.linalg.norm(kernels[0])
    return change / start if start else np.zeros_like(change)


def parameter_distance(run: RunOnSamples) -> np.ndarray:
    """(F,) ‖θ(t) − θ(0)‖ / ‖θ(0)‖ over all of w, b, v, c; 0 where θ(0) = 0."""
    t = run.trajectory
    theta = np.concatenate([t.w, t.b, t.v, t.c[:, None]], axis=1)
    change, start = np.linalg.norm(theta - theta[0], axis=1), np.linalg.norm(theta[0])
    return change / start if start else np.zeros_like(change)
