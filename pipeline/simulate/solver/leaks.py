"""What inactive neurons with a slope ρ of their own add: φ(z) = (1 − ρ) max(z, 0) + ρ z.

Every line counts 1 − ρ over its run and ρ over all samples, and so does every sum over a run. Where ρ is None, neurons
are ReLUs, and loops are compiled without this.
"""

import numpy as np

from pipeline.compiled import inner, woven


@woven
def slope_of(inactive: float | None) -> float:
    """ρ, 0 of ReLUs."""
    return 0.0 if inactive is None else inactive


@inner
def share_runs(run: np.ndarray, patterns: int, inactive: float) -> None:
    """Make of sums over runs those of a slope `inactive` outside."""
    all_0, all_1 = inactive * run[0, 0], inactive * run[0, 1]
    for p in range(patterns):
        run[p, 0] = (1.0 - inactive) * run[p, 0] + all_0
        run[p, 1] = (1.0 - inactive) * run[p, 1] + all_1


@inner
def share_lines(line: np.ndarray, patterns: int, inactive: float) -> None:
    """Make of lines that count over their runs what counts as much with a slope `inactive` outside."""
    slope = height = 0.0
    for p in range(patterns):
        slope += line[p, 0]
        height += line[p, 1]
        line[p, 0] *= 1.0 - inactive
        line[p, 1] *= 1.0 - inactive
    line[0, 0] += inactive * slope
    line[0, 1] += inactive * height
