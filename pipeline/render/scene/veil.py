"""A veil of the ground's colour over all panels, with a hole whose edge is soft: many thin sheets, one over another."""

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Bbox

COVERS = 0.62  # how much of what steps back the ground covers
LAYERS, SOFT = 8, 1.07  # sheets, and by how much wider the hole in each is
THIN = 1 - (1 - COVERS) ** (1 / LAYERS)  # how much one sheet covers


def veiled_region(region: Bbox, hole: np.ndarray) -> Path:
    """A sheet over a region with a hole (V, 2), whose corners go round the other way."""
    sheet = np.array([(region.x0, region.y0), (region.x1, region.y0), (region.x1, region.y1), (region.x0, region.y1)])
    parts = [np.vstack([part, part[:1]]) for part in (sheet, hole)]
    return Path.make_compound_path(*[Path(part, closed=True) for part in parts])
