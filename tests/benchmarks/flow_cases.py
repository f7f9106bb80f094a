"""What gradient flow is timed on: (θ, x, y) of networks in the order w, b, v, and hard cases with an end T."""

from functools import partial
from importlib.resources import files

import numpy as np


def problem(m, rows, seed=0):
    """(θ, x, y): m Gaussian neurons, output weights of variance 1/m; sin(4x) on [−1, 1]."""
    w, b, v = np.random.default_rng(seed).normal(size=(3, m))
    x = np.linspace(-1, 1, rows)
    return np.concatenate([w, b, v / np.sqrt(m)]), x, np.sin(4 * x)


def frame_times(end, count=60):
    """0, and so many more up to the end, evenly in their logarithm."""
    return np.append(0.0, np.geomspace(1e-3 * end, end, count))


def wide_samples():
    """As many samples as neurons, of large weights."""
    theta, x, y = problem(391, 421)
    return theta * np.repeat([2.26 * 3, 2.26 * 3, 2.26 / 3], 391), x, y, 3.0


def switches():
    """Very many crossings of breakpoints and samples."""
    theta, x, y = problem(1000, 1000)
    return 2.0 * theta, x, y, 0.05


def noisy(rows):
    """Far more samples than neurons."""
    rng = np.random.default_rng(0)
    x, theta = np.sort(rng.uniform(-1, 1, rows)), rng.normal(size=300)
    return theta * np.repeat([1, 1, 0.1], 100), x, np.sin(4 * x) + 0.2 * rng.normal(size=rows), 30.0


def three_points():
    """A balanced small start of very many neurons, which align."""
    rng = np.random.default_rng(0)
    w, b = 1e-3 / np.sqrt(20_000) * rng.normal(size=(2, 20_000))
    v = np.hypot(w, b) * rng.choice([-1, 1], 20_000)
    return np.concatenate([w, b, v]), np.array([-0.75, -0.5, 0.125]), np.array([1.1, 0.1, 0.8]), 2000.0


def box(scale):
    """Nine samples of a box, 2000 neurons in pairs of opposite v."""
    w, b, v = scale * np.random.default_rng(0).normal(size=(3, 1000))
    v *= np.sqrt(2 / 2000)
    x = np.linspace(-np.sqrt(3), np.sqrt(3), 9)
    return np.concatenate([w, w, b, b, v, -v]), x, (np.abs(x) < 0.5).astype(float), 400.0


def plateau():
    """A start next to the saddle at 0."""
    theta, x, y = problem(100, 20)
    return theta * np.repeat([1e-6, 1e-6, 1e-5], 100), x, y, 200.0


def motorcycle():
    """Repeated x, noise, many neurons held; He's initialisation."""
    table = np.loadtxt(str(files("pipeline.model") / "datasets" / "motorcycle.csv"), delimiter=",", skiprows=1)
    x, y = ((column - column.mean()) / column.std() for column in table.T)
    theta = np.random.default_rng(0).normal(size=1500) * np.repeat([np.sqrt(2), 1, np.sqrt(2 / 500)], 500)
    return theta, x, y, 300.0


HARD = {
    "wide samples": wide_samples,
    "switches": switches,
    "noisy 1000": partial(noisy, 1000),
    "noisy 3000": partial(noisy, 3000),
    "three points": three_points,
    "box, scale 1": partial(box, 1.0),
    "box, scale 0.001": partial(box, 0.001),
    "plateau": plateau,
    "motorcycle": motorcycle,
}
