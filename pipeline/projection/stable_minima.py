"""What a spline's kinks cost in sharpness: why gradient descent at a large rate cannot keep them.

Descent at rate η settles only where λ, the largest eigenvalue of the Hessian, is at most 2/η. L = ½Σε² over N rows
has H = JᵀJ + C, and λ(JᵀJ) = λ(JJᵀ) ≥ ‖Jᵀe‖² for the unit vector e = (1, …, 1)/√N over rows. With neuron i active at
the rows A, S₀ = |A|, S₁ = Σ_A x, and as a² + b² ≥ 2|ab|,

    ‖Jᵀe‖² = (1/N) Σᵢ [v²(S₀² + S₁²) + (Σ_A z)²] ≥ (2/N) Σᵢ |v| √(S₀² + S₁²) |Σ_A z| = 2N Σᵢ |μᵢ| g(βᵢ, sᵢ),

    g(β, s) = P(A)² E[|x − β| | A] √(1 + E[x | A]²)

with shares and means over rows: the floor of the run's sharpness. Rescaling (w, b, v) → (cw, cb, v/c) leaves it, and
equality needs each neuron's two squares equal. Whatever the sides, it is at least 2N ∫|f''| g, g = min(g(β, ±1)): the
weighted variation. An output bias that learns adds N to both sides, and is left out of both here.

C is made of the residuals: blocks of a neuron with the eigenvalues 0, ±√(R₀² + R₁²), so that λ(H) lies within the
largest of these of λ(JᵀJ). At interpolation it is 0; so it is, for neurons that live, wherever the gradient vanishes
away from samples (v R₀ = v R₁ = 0); where samples hold knots, or descent trembles about them, it is not, and

    2N ∫|f''| g ≤ floor ≤ λ + max √(R₀² + R₁²) ≤ 2/η + max √(R₀² + R₁²).

With the mean for the sum, and interpolation: ∫|f''| g ≤ 1/η − ½ with an output bias (Mulayoff et al. 2021, on the
implicit bias of minima stability; Qiao et al., arXiv:2406.06838, on noisy labels, where residuals remain).
"""

import numpy as np

from pipeline.projection.activity import Runs, Samples, active_runs
from pipeline.projection.run_on_samples import RunOnSamples
from pipeline.projection.spline_flow import residual_sums


def sharpness_floor(run: RunOnSamples) -> np.ndarray:
    """(F,) 2NΣ|μ| g(β, s): the least λ of JᵀJ that the run's kinks allow, over all rows. Unit 1/t."""
    t, samples = run.trajectory, run.samples
    count, first = seen(samples, run.runs)
    output = np.abs(t.v * (t.w * first + t.b * count))  # |v Σ_A z|, where w = 0 too
    return np.asarray(2 / np.sum(samples.weight) * np.sum(np.hypot(count, first) * output, axis=1))


def residual_curvature(run: RunOnSamples) -> np.ndarray:
    """(F,) largest √(R₀² + R₁²): as far may the eigenvalues of H be from those of JᵀJ. Unit 1/t."""
    return np.asarray(np.max(np.hypot(run.residual_sum, run.residual_moment), axis=1))


def weighted_variation(samples: Samples, x: np.ndarray, jump: np.ndarray) -> np.ndarray:
    """(F,) ∫|f''| g for knots at x (F, m), +∞ where there is none, with slope jumps (F, m)."""
    finite = np.isfinite(x)
    place = np.where(finite, x, samples.x[0])
    return np.asarray(np.sum(np.abs(jump) * sensitivity(samples, place), axis=1, where=finite))


def sensitivity(samples: Samples, x: np.ndarray) -> np.ndarray:
    """(...,) g at places x (...,): how much a kink there costs, the less of both sides; 0 outside the samples."""
    return np.asarray(np.minimum(*(one_sided(samples, x, np.full(x.shape, side)) for side in (1, -1))))


def one_sided(samples: Samples, x: np.ndarray, side: np.ndarray) -> np.ndarray:
    """(...,) g(β, s) of neurons with breakpoints x (...,) and sides ±1."""
    count, first = seen(samples, active_runs(x, side, False, samples.x))
    return np.asarray(np.hypot(count, first) * np.abs(first - x * count) / np.sum(samples.weight) ** 2)


def seen(samples: Samples, runs: Runs) -> tuple[np.ndarray, np.ndarray]:
    """S₀ and S₁ of neurons with these runs (..., m): (..., m) each. They are R0 and R1 of residuals 1."""
    return residual_sums(samples, np.ones((*runs.start.shape[:-1], len(samples.x))), runs)


def interpolation_floor(samples: Samples) -> float:
    """The least floor of all networks, of any width, that pass through all samples. Unit 1/t.

    Past η = 2/floor descent can settle at none of them. Between two samples outputs and floor of a neuron are linear in
    its breakpoint: an interpolant costs least with its knots at samples, or as far away as a constant is.
    """
    size = np.max(np.abs(samples.y))
    if size == 0:
        return 0.0
    from scipy.optimize import linprog  # slow to import, and few scenes need it

    outputs, cost = candidates(samples)
    both = np.concatenate([outputs, -outputs], axis=1)
    found = linprog(np.concatenate([cost, cost]), A_eq=both, b_eq=samples.y / size)
    return float(size * found.fun)


def candidates(samples: Samples) -> tuple[np.ndarray, np.ndarray]:
    """(K, J) outputs and (J,) floors of neurons with |μ| = 1 at every sample, and of a constant 1.

    A neuron with its breakpoint at a sample is the limit from both gaps: it sees that sample or not, whichever costs
    less; its output there is 0.
    """
    x, count, first = samples.x, samples.weight, samples.weight * samples.x
    rows = np.sum(count)
    outputs, costs = [], []
    for side in (1, -1):
        offset = side * (x[:, None] - x)  # row: sample, column: neuron
        output = np.maximum(offset, 0.0)
        strict, weak = (np.hypot(count @ active, first @ active) for active in (offset > 0, offset >= 0))
        outputs.append(output)
        costs.append(2 / rows * np.minimum(strict, weak) * (count @ output))
    outputs.append(np.ones((len(x), 1)))
    costs.append(np.array([2 * np.hypot(rows, np.sum(first))]))
    return np.concatenate(outputs, axis=1), np.concatenate(costs)
