"""Where artists draw: boxes that surely hold all of it, so that what was drawn on need not be sought everywhere."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.lines import Line2D
from matplotlib.transforms import IdentityTransform

from pipeline.render.drawing.areas import Areas
from pipeline.render.drawing.axes_artist import BLUR, AxesArtist, Boxes, corners
from pipeline.render.drawing.outlined_text import OutlinedText

MITRE = 5.0  # widths of a line by which a corner may stand out of it that is not round
MANY = 64  # shapes from which on a collection is not measured
OWN = AxesArtist, OutlinedText, Areas  # which take no effects


def extents(artist: Artist) -> Boxes | None:
    """Boxes outside of which an artist draws nothing; None where that is not known."""
    if isinstance(artist, OWN):
        return artist.extents()
    if artist.get_path_effects() or artist.get_sketch_params() or artist.get_agg_filter():
        return None
    if isinstance(artist, Line2D):
        return _of_line(artist)
    return _of_collection(artist) if isinstance(artist, Collection) else None


def _of_line(line: Line2D) -> Boxes | None:
    """Every piece of a line, or every marker."""
    if line.get_drawstyle() != "default":
        return None
    places = line.get_transform().transform(line.get_xydata())
    round_corners = line.get_solid_joinstyle() == line.get_dash_joinstyle() == "round"
    reach = BLUR + line.get_linewidth() * (1.0 if round_corners else MITRE)
    low = high = places
    if line.get_linestyle() == "None":
        reach = BLUR + line.get_markersize() + line.get_markeredgewidth()
    elif len(places) > 1 and line.get_marker() in ("None", None, ""):
        low, high = np.minimum(places[:-1], places[1:]), np.maximum(places[:-1], places[1:])
    else:
        return None
    return low - reach, high + reach


def _of_collection(shapes: Collection) -> Boxes | None:
    """Every shape of a collection of few, in px."""
    paths, places = shapes.get_paths(), np.asarray(shapes.get_offsets())
    turns = shapes.get_transform(), shapes.get_offset_transform()
    in_pixels = all(isinstance(turn, IdentityTransform) for turn in turns)
    if not in_pixels or len(shapes.get_transforms()) or len(places) != 1 or len(paths) > MANY:
        return None
    widths = np.atleast_1d(np.asarray(shapes.get_linewidth(), dtype=float))
    reach = BLUR + MITRE * float(widths.max(initial=0.0))
    ends = np.array([corners(path) for path in paths]).reshape(-1, 2, 2) + places
    return ends[:, 0] - reach, ends[:, 1] + reach
