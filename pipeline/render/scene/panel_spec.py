"""Which panels a scene shows, and what each of them is told: names in the mosaic to kinds and options.

No Matplotlib here: all is checked before any work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.config.check import shown
from pipeline.config.schema.scene import LayoutConfig, SceneConfig
from pipeline.errors import InputError
from pipeline.render.panels.table import PANELS

EMPTY = "."
EVIDENCE = "evidence"  # a kind of panel


@dataclass(frozen=True)
class PanelSpec:
    """One panel of a scene: its kind, a key of PANELS, and all options of that kind."""

    kind: str
    options: Mapping[str, Any]


def panel_names(layout: LayoutConfig) -> list[str]:
    """The names in a mosaic, once each, in reading order."""
    return list(dict.fromkeys(name for row in layout.mosaic for name in row if name != EMPTY))


def panel_spec(scene: SceneConfig, name: str) -> PanelSpec:
    """What `scene.panels` says of a name in a mosaic; a name that is itself a kind needs no entry.

    Raises InputError for an unknown kind or option, or a value of another type than the option's default.
    """
    asked = scene.panels.get(name) or {}
    if not isinstance(asked, Mapping):
        remedy = f"give a dictionary of options, scene.panels={{{name}: {{OPTION: VALUE}}}}"
        raise InputError(f"scene.panels.{name} = {shown(asked)}: {remedy}")
    given = dict(asked)
    kind = given.pop("kind", name)
    if kind not in PANELS:
        what = f"scene.panels.{name}.kind = {kind}" if kind != name else f"scene mosaic: {name}"
        raise InputError(f"{what}: is no panel; choose of {', '.join(PANELS)}, . is an empty cell")
    defaults = PANELS[kind].options
    for option, value in given.items():
        if option not in defaults:
            known = ", ".join(defaults) or "no options"
            raise InputError(f"scene.panels.{name}.{option}: unknown; a {kind} panel has {known}")
        if not _alike(value, defaults[option]):
            example = _example(defaults[option])
            raise InputError(f"scene.panels.{name}.{option} = {value}: give {example}")
        if value not in (choices := PANELS[kind].choices.get(option, (value,))):
            raise InputError(f"scene.panels.{name}.{option} = {value}: choose of {', '.join(choices)}")
    told = (scene.evidence or {}) if kind == EVIDENCE else {}  # one claim, told in a panel rather than in an inset
    return PanelSpec(kind, {**defaults, **told, **given})


def needed_quantities(scene: SceneConfig) -> list[str]:
    """Names of the quantities that the scene's panels draw, in any of its layouts."""
    return list(dict.fromkeys(q for spec in _specs(scene) for q in PANELS[spec.kind].needs(spec.options)))


def drawn_curves(scene: SceneConfig) -> list[str]:
    """Names of those among them that are drawn beside functions. Raises InputError for one that is no prediction."""
    names = list(dict.fromkeys(q for spec in _specs(scene) for q in PANELS[spec.kind].curves(spec.options)))
    if names:
        _check_curves(names)
    return names


def _check_curves(names: Sequence[str]) -> None:
    from pipeline.projection.quantities import PREDICTIONS  # the table imports much of SciPy

    for name in names:
        if name not in PREDICTIONS:
            known = ", ".join(PREDICTIONS)
            raise InputError(f"function panel: predictions: {name} is no prediction; choose of {known}")


def _specs(scene: SceneConfig) -> list[PanelSpec]:
    names = dict.fromkeys(panel_names(scene.wide) + panel_names(scene.narrow))
    return [panel_spec(scene, name) for name in names]


def _alike(value: Any, default: Any) -> bool:
    if default is None:
        return True
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, float):
        return isinstance(value, (int, float))
    if isinstance(default, (list, tuple)):
        return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)
    return isinstance(value, type(default))


def _example(default: Any) -> str:
    words = {bool: "true or false", int: "a whole number", float: "a number", str: "a word"}
    return words.get(type(default), "a list of words, [one,two]")
