"""The exact Hessian of the loss, in (β, μ) and in (w, b, v), and its whole spectrum for any number of neurons.

H = JᵀJ + C (Sahs et al., arXiv:2008.01772, on the Hessian), away from samples, where J is the Jacobian of f at the
samples (rows times √weight) and C couples the coordinates of one neuron only:

    (β, μ):     J columns −μa, (x − β)a           C: ∂²/∂β∂μ = −R0
    (w, b, v):  J columns v x a, v a, z a         C: ∂²/∂w∂v = R1, ∂²/∂b∂v = R0

with a the 0/1 active vector. Held breakpoints leave out their sample.

The spectrum. Neurons of one active set share R0 and R1, hence their block B of C, and their J columns lie in
U = span{μ, β, 1} (or span{w, b, v}) over those n neurons. Rotating them by an orthogonal Q whose first three
columns span U leaves 3 "neurons" that J sees and n − 3 that it does not, on which H is B itself. There are at most
2K + 1 active sets, so K samples need a dense matrix of at most 6(2K + 1) (or 9(2K + 1)) rows, whatever m is.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.projection.run_on_samples import RunOnSamples

FARTHEST = 1e75


@dataclass(frozen=True)
class Hessian:
    """H over m neurons of d coordinates each, ordered by coordinate: all β, then all μ; or all w, all b, all v.

    jacobian: (K, d, m) rows times √weight; coupling: (m, d, d) the neurons' blocks of C.
    active_set: (m,) its number, −1 where it is empty; span: (m, 3) what spans U.
    """

    jacobian: np.ndarray
    coupling: np.ndarray
    active_set: np.ndarray
    span: np.ndarray

    @property
    def size(self) -> int:
        """Number of coordinates, d m."""
        return int(self.jacobian[0].size)

    def dense(self) -> np.ndarray:
        """(dm, dm) H."""
        return np.asarray(self.gauss_newton() + self.residual_part())

    def gauss_newton(self) -> np.ndarray:
        """(dm, dm) JᵀJ."""
        flat = self.jacobian.reshape(len(self.jacobian), -1)
        return np.asarray(flat.T @ flat)

    def residual_part(self) -> np.ndarray:
        """(dm, dm) C, which vanishes where the residuals do."""
        m, d, _ = self.coupling.shape
        part = np.zeros((d, m, d, m))
        part[:, np.arange(m), :, np.arange(m)] = self.coupling
        return part.reshape(d * m, d * m)

    def eigenvalues(self) -> np.ndarray:
        """(dm,) the whole spectrum, largest first."""
        from scipy.linalg import eigvalsh  # slow to import, and most quantities need none of it

        small, known = self._reduced()
        own = eigvalsh(small.dense()) if small.size else np.zeros(0)
        return np.sort(np.concatenate([own, known]))[::-1]

    def _reduced(self) -> tuple["Hessian", np.ndarray]:
        """H on what J sees of every active set, and the eigenvalues of the rest."""
        from scipy.linalg import qr

        numbers = np.unique(self.active_set[self.active_set >= 0])
        groups = [np.flatnonzero(self.active_set == number) for number in numbers]
        rotations = [qr(self.span[group], mode="economic")[0] for group in groups]
        known = [np.zeros(self.jacobian.shape[1] * np.count_nonzero(self.active_set < 0))]
        for group, rotation in zip(groups, rotations, strict=True):
            known.append(np.repeat(np.linalg.eigvalsh(self.coupling[group[0]]), len(group) - rotation.shape[1]))
        parts = [self.jacobian[:, :, group] @ q for group, q in zip(groups, rotations, strict=True)]
        first = [group[0] for group, q in zip(groups, rotations, strict=True) for _ in range(q.shape[1])]
        jacobian = np.concatenate([self.jacobian[:, :, :0], *parts], axis=2)
        return Hessian(jacobian, self.coupling[first], self.active_set[first], self.span[first]), np.concatenate(known)


def spline_hessian(run: RunOnSamples, frame: int) -> Hessian:
    """H in (β, μ); a neuron without breakpoint has no such coordinates, and rows and columns of zeros.

    Breakpoints beyond ±1e75 count as infinite: the entries, of order β², have squares no float holds.
    """
    seen, active_set = _active(run, frame)
    finite = np.abs(run.breakpoint[frame]) < FARTHEST
    beta = np.where(finite, run.breakpoint[frame], 0.0)
    mu = np.where(finite, run.spline.delta_slope[frame], 0.0)
    seen, r0 = seen * finite, np.where(finite, run.residual_sum[frame], 0.0)
    jacobian = np.stack([-mu * seen, (run.samples.x[:, None] - beta) * seen], axis=1)
    coupling = np.zeros((len(mu), 2, 2))
    coupling[:, 0, 1] = coupling[:, 1, 0] = -r0
    return Hessian(jacobian, coupling, np.where(finite, active_set, -1), np.stack([mu, beta, np.ones_like(mu)], axis=1))


def network_hessian(run: RunOnSamples, frame: int) -> Hessian:
    """H in (w, b, v)."""
    seen, active_set = _active(run, frame)
    w, b, v = (getattr(run.trajectory, key)[frame] for key in "wbv")
    x = run.samples.x[:, None]
    jacobian = np.stack([v * x * seen, v * seen, (w * x + b) * seen], axis=1)
    coupling = np.zeros((len(w), 3, 3))
    coupling[:, 0, 2] = coupling[:, 2, 0] = run.residual_moment[frame]
    coupling[:, 1, 2] = coupling[:, 2, 1] = run.residual_sum[frame]
    return Hessian(jacobian, coupling, active_set, np.stack([w, b, v], axis=1))


HESSIANS = {"spline": spline_hessian, "network": network_hessian}


def _active(run: RunOnSamples, frame: int) -> tuple[np.ndarray, np.ndarray]:
    """(K, m) √weight where a neuron sees a sample, else 0; (m,) number of its active set, −1 where empty."""
    start, stop = run.runs.start[frame], run.runs.stop[frame]
    index = np.arange(len(run.samples.x))[:, None]
    seen = np.where((index >= start) & (index < stop), np.sqrt(run.samples.weight)[:, None], 0.0)
    return seen, np.where(start < stop, start * (len(index) + 1) + stop, -1)


def hessian_spectra(run: RunOnSamples, coordinates: str) -> np.ndarray:
    """(F, dm) spectrum of every frame, largest first; coordinates: "spline" (d = 2) or "network" (d = 3)."""
    make = HESSIANS[coordinates]
    return np.stack([make(run, frame).eigenvalues() for frame in range(len(run.trajectory.t))])


def rank(eigenvalues: np.ndarray, tolerance: float = 1e-6) -> np.ndarray:
    """(F,) eigenvalues (F, P) larger in size than `tolerance` times the largest of the frame."""
    return np.asarray(np.count_nonzero(_relative(np.abs(eigenvalues), eigenvalues) > tolerance, axis=1))


def negative_count(eigenvalues: np.ndarray, tolerance: float = 1e-6) -> np.ndarray:
    """(F,) eigenvalues (F, P) below −`tolerance` times the largest of the frame: directions of negative curvature."""
    return np.asarray(np.count_nonzero(_relative(eigenvalues, eigenvalues) < -tolerance, axis=1))


def _relative(values: np.ndarray, eigenvalues: np.ndarray) -> np.ndarray:
    largest = np.max(np.abs(eigenvalues), axis=1, keepdims=True)
    return np.asarray(np.divide(values, largest, out=np.zeros_like(values), where=largest > 0))
