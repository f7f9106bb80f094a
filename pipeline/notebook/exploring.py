"""The interactive page of a trajectory, in a notebook or a file of its own."""

import os
import re
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from typing import Any

from pipeline.embed.explore.assemble import page
from pipeline.embed.explore.seal import replace_page
from pipeline.embed.themes import brightness
from pipeline.errors import InputError
from pipeline.model.arguments import check_path
from pipeline.notebook.showing import showing
from pipeline.run.provenance import provenance
from pipeline.simulate.trajectory import Trajectory

HEIGHT = 640  # px of a cell's output: the page's panels and their bar, without scrolling in most notebooks


@dataclass(frozen=True)
class Page:
    """An interactive page, one HTML text that needs nothing else; a notebook shows it in place."""

    title: str
    html: str = field(repr=False)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page to a file, in the place of one that this made; returns its path.

        Raises InputError where it cannot be written, or another file stands there.
        """
        check_path("path", path)
        target = Path(path)
        replace_page(target, self.html)
        return target

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that neither its style nor its keys meet the notebook's."""
        look = f'style="width: 100%; height: {HEIGHT}px; border: 0" allowfullscreen'
        return f'<iframe title="{escape(self.title)}" srcdoc="{escape(self.html)}" {look}></iframe>'


def explore(trajectory: Trajectory, **keys: Any) -> Page:
    """The interactive page of a run: to scrub through it, and to point at its neurons.

    keys: of the config, as `film` takes them; with a theme the page is light or dark as that is, without it as the
    reader's system prefers. Raises InputError, by key, for what cannot be shown.
    """
    if not isinstance(trajectory, Trajectory):
        raise InputError(f"`trajectory`: is a {type(trajectory).__name__}; a page shows one run: give its Trajectory")
    show = showing(trajectory, keys)
    (take,) = show.takes
    theme = brightness(show.config.theme) if "theme" in keys else ""
    html = page(show.config, take, provenance("", show.config), theme)
    return Page(unescape(re.findall("<title>(.*?)</title>", html)[0]), html)
