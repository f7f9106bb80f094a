"""The panels a scene's mosaic may name. Each is one file with one class, imported when a scene uses it.

No Matplotlib here: the config is checked against this table before any work.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any


def _nothing(options: Mapping[str, Any]) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class PanelKind:
    """A row of the table.

    place: module, relative to this package, and class; options: what a scene may set, with defaults, whose types
    bind; needs: names of the quantities (projection/quantities.py) that the panel draws with given options.
    """

    place: str
    options: Mapping[str, Any] = field(default_factory=dict)
    needs: Callable[[Mapping[str, Any]], Iterable[str]] = _nothing


PANELS = {
    "function": PanelKind("function:FunctionPanel"),
    "plane": PanelKind("plane:PlanePanel"),
    "paths": PanelKind("paths:PathsPanel"),
    "loss": PanelKind("loss:LossPanel"),
}


def panel_class(kind: str) -> type:
    """The class of a kind of panel, by its name in PANELS."""
    module, cls = PANELS[kind].place.split(":")
    return getattr(import_module(f"{__name__}.{module}"), cls)
