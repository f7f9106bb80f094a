"""The panels a scene's mosaic may name. Each is one file with one class, imported when a scene uses it."""

from importlib import import_module

PANELS = {
    "function": "pipeline.render.panels.function:FunctionPanel",
    "plane": "pipeline.render.panels.plane:PlanePanel",
    "paths": "pipeline.render.panels.paths:PathsPanel",
    "loss": "pipeline.render.panels.loss:LossPanel",
}


def panel_class(name: str) -> type:
    """The class of a panel, by its name in PANELS."""
    module, cls = PANELS[name].split(":")
    return getattr(import_module(module), cls)
