"""Keys of the group `scene`."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class LayoutConfig:
    """A mosaic of panels: rows of panel names, every row equally long; a name repeated spans its cells."""

    mosaic: list[list[str]] = field(default_factory=list)
    width_ratios: list[float] = field(default_factory=list)
    height_ratios: list[float] = field(default_factory=list)


def _wide() -> LayoutConfig:
    return LayoutConfig([["function", "paths"], ["plane", "loss"]], [1.6, 1.0], [1.3, 1.0])


def _narrow() -> LayoutConfig:
    rows = [["function"]] * 3 + [["paths"]] * 2
    return LayoutConfig(rows, [], [])


@dataclass
class SceneConfig:
    """Group `scene`: which panels stand where, and the words around them."""

    title: str = "A ReLU network of {neurons} neurons learns {data}"
    subtitle: str = "{init} init · scale {scale} · seed {seed} · {samples} samples · {dynamics}"
    wide: LayoutConfig = field(default_factory=_wide)
    narrow: LayoutConfig = field(default_factory=_narrow)
    narrow_below: float = 1.3
    key: bool = True
    trail_seconds: float = 1.0
    panels: dict[str, Any] = field(default_factory=dict)
    captions: dict[float, str] = field(default_factory=dict)
    narrate: bool = False
    times: list[float] | None = None
