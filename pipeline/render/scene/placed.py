"""Where the words of a beat stand, and the panel that they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.transforms import Bbox

from pipeline.render.film.story import Beat
from pipeline.render.panels.function import FunctionPanel
from pipeline.render.panels.parts.base import Panel
from pipeline.render.panels.parts.target import Target


@dataclass(frozen=True)
class Placed:
    """A beat's lines and their box, px; target: None where nothing is pointed at; ink: a colour of the theme's."""

    beat: Beat
    panel: Panel
    target: Target | None
    lines: list[str]
    box: Bbox

    @property
    def ink(self) -> str:
        """The colour of words and arrow."""
        return self.target.ink if self.target else "foreground"


def panel_for(beat: Beat, panels: Sequence[tuple[int, str, Panel]]) -> Panel:
    """The panel that a beat is about: the one it names, else its run's function."""
    own = [(name, panel) for run, name, panel in panels if run == beat.run]
    named = [panel for name, panel in own if name == beat.target.get("panel")]
    functions = [panel for _, panel in own if isinstance(panel, FunctionPanel)]
    return (named or functions or [panel for _, panel in own])[0]
