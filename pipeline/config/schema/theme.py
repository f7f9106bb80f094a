"""Keys of the group `theme`."""

from dataclasses import dataclass


@dataclass
class ThemeConfig:
    """Group `theme`: colours, type and strokes. Sizes are shares of the frame's size, so a look fits every size."""

    background: str = "#ffffff"
    foreground: str = "#16191d"
    muted: str = "#5a626b"
    data: str = "#6f767e"
    rule: str = "#e4e7ea"
    rising: str = "#c64a06"
    falling: str = "#0a6cb0"
    font: str = "DejaVu Sans"
    math_font: str = "dejavusans"
    text_size: float = 0.0265
    smallest_text: float = 11.0
    stroke: float = 0.0028
    smallest_stroke: float = 1.4
    mark_size: float = 0.036
    trail_opacity: float = 0.45
