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
    bind; needs: names of the quantities (projection/quantities.py) that the panel draws with given options;
    choices: the values an option may have, where not any.
    """

    place: str
    options: Mapping[str, Any] = field(default_factory=dict)
    needs: Callable[[Mapping[str, Any]], Iterable[str]] = _nothing
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


PANELS = {
    "function": PanelKind(
        "function:FunctionPanel",
        options={"predictions": [], "knots": True, "tally": True, "pieces": False},
        needs=lambda options: [
            *(["grid", *options["predictions"]] if options["predictions"] else []),
            *(["piece_slope"] if options["pieces"] else []),
        ],
    ),
    "slopes": PanelKind(
        "slopes:SlopesPanel",
        options={"stems": False},
        needs=lambda options: ["sorted_breakpoint", "piece_slope"],
    ),
    "jumps": PanelKind("jumps:JumpsPanel"),
    "plane": PanelKind(
        "plane:PlanePanel",
        options={"field": False, "density": False},
        needs=lambda options: [
            *(["grid", "delta_slope_grid"] if options["field"] or options["density"] else []),
            *(["vector_field", "neuron_breakpoint", "neuron_delta_slope"] if options["field"] else []),
            *(["joint_density"] if options["density"] else []),
        ],
    ),
    "paths": PanelKind("paths:PathsPanel"),
    "loss": PanelKind("loss:LossPanel"),
    "scalar": PanelKind(
        "scalar:ScalarPanel",
        options={"quantities": ["roughness"], "scale": "auto"},
        needs=lambda options: options["quantities"],
        choices={"scale": ("auto", "linear", "log")},
    ),
    "spectrum": PanelKind(
        "spectrum:SpectrumPanel",
        options={"of": "hessian"},
        needs=lambda options: [f"{options['of']}_eigenvalues"],
        choices={"of": ("hessian", "spline_hessian", "kernel")},
    ),
    "kernel": PanelKind("kernel:KernelPanel", needs=lambda options: ["kernel"]),
    "kernel_spectrum": PanelKind("kernel_spectrum:KernelSpectrumPanel", needs=lambda options: ["kernel_eigenvalues"]),
    "histogram": PanelKind(
        "histogram:HistogramPanel",
        options={"of": "breakpoint"},
        needs=lambda options: (
            ["grid", "breakpoint_density"]
            if options["of"] == "breakpoint"
            else ["delta_slope_grid", "delta_slope_density"]
        ),
        choices={"of": ("breakpoint", "delta_slope")},
    ),
    "polar": PanelKind("polar:PolarPanel", needs=lambda options: ["polar_radius", "polar_angle"]),
    "residuals": PanelKind(
        "residuals:ResidualsPanel",
        options={"pieces": False},
        needs=lambda options: ["residual", *(["piece_index"] if options["pieces"] else [])],
    ),
    "words": PanelKind("words:WordsPanel", options={"text": ""}),
    "breakpoint_loss": PanelKind(
        "breakpoint_loss:BreakpointLossPanel",
        needs=lambda options: ["grid", "loss_along_breakpoint", "neuron_breakpoint", "neuron_delta_slope"],
    ),
    "surface": PanelKind(
        "surface:SurfacePanel",
        needs=lambda options: ["grid", "delta_slope_grid", "loss_plane", "neuron_breakpoint", "neuron_delta_slope"],
    ),
}


def panel_class(kind: str) -> type:
    """The class of a kind of panel, by its name in PANELS."""
    module, cls = PANELS[kind].place.split(":")
    return getattr(import_module(f"{__name__}.{module}"), cls)
