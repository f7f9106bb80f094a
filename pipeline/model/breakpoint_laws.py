"""Laws of breakpoints that know the data, unlike a Gaussian's Cauchy law (Sahs et al., arXiv:2008.01772).

Each takes the number of neurons, a generator, the config group `init` and x of the samples (N,), and gives β.
"""

import numpy as np

from pipeline.config.schema.init import InitConfig


def uniform(count: int, rng: np.random.Generator, config: InitConfig, samples: np.ndarray) -> np.ndarray:
    """(count,) breakpoints uniform in `init.interval`, from the first to the last sample where none is given."""
    low, high = config.interval or (samples.min(), samples.max())
    return rng.uniform(low, high, count)


def at_samples(count: int, rng: np.random.Generator, config: InitConfig, samples: np.ndarray) -> np.ndarray:
    """(count,) breakpoints at distinct samples, each as often as any other up to one, in random order."""
    distinct = np.unique(samples)
    chosen = np.concatenate([rng.permutation(distinct) for _ in range(-(-count // len(distinct)))])
    return np.asarray(chosen[:count])
