"""The panels a scene's mosaic may name. Each is one file with one class, imported when a scene uses it.

No Matplotlib here: the config is checked against this table before any work. A plugin adds a panel as ours are added:
`PANELS.add("mine", PanelKind(MyPanel, options={"colour": "red"}))`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.config.tables import Table
from pipeline.errors import InputError
from pipeline.render.panels.parts.band import BAND

if TYPE_CHECKING:
    from pipeline.render.panels.parts.base import Panel  # imports Matplotlib


def _nothing(options: Mapping[str, Any]) -> Iterable[str]:
    return ()


@dataclass(frozen=True)
class PanelKind:
    """A row of the table.

    panel: a subclass of Panel, or where it is, "module:class"; options: what a scene may set, with defaults, whose
    types bind, but that of null; needs: names of the quantities (projection/quantities.py) that the panel draws with
    given options; curves: those among them that are outputs over the inputs `grid`, which the limits of outputs hold
    too; choices: the values an option may have, where not any.
    """

    panel: "str | type[Panel]"
    options: Mapping[str, Any] = field(default_factory=dict)
    needs: Callable[[Mapping[str, Any]], Iterable[str]] = _nothing
    curves: Callable[[Mapping[str, Any]], Iterable[str]] = _nothing
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


WINDOW = "window"  # an option: between which inputs a panel is a close-up, [low, high]; all by default
UNCUT = "uncut"  # an option: whether outputs hold all that f becomes, though the samples fill less of the height
COORDINATES = {"coordinate": ("jump", "delta_slope")}  # sμ or μ, of what has a vertical axis for size

PANELS: Table[PanelKind] = Table(
    "panel",
    {
        "function": PanelKind(
            "pipeline.render.panels.function:FunctionPanel",
            options={
                **{"predictions": [], "band": False, "knots": True, "tally": True, "pieces": False},
                **{"marks": {}, WINDOW: None, UNCUT: False},
            },
            needs=lambda options: [
                *(["grid", *options["predictions"]] if options["predictions"] else []),
                *(["grid", *BAND] if options["band"] else []),
                *(["piece_slope"] if options["pieces"] else []),
            ],
            curves=lambda options: [*options["predictions"], *(BAND if options["band"] else [])],
        ),
        "slopes": PanelKind(
            "pipeline.render.panels.slopes:SlopesPanel",
            options={"stems": False},
            needs=lambda options: ["sorted_breakpoint", "piece_slope"],
        ),
        "jumps": PanelKind("pipeline.render.panels.jumps:JumpsPanel"),
        "plane": PanelKind(
            "pipeline.render.panels.plane:PlanePanel",
            options={"coordinate": "jump", "field": False, "density": False},
            needs=lambda options: [
                *(["grid", "delta_slope_grid"] if options["field"] or options["density"] else []),
                *(["vector_field", "neuron_breakpoint", "neuron_delta_slope"] if options["field"] else []),
                *(["joint_density"] if options["density"] else []),
            ],
            choices=COORDINATES,
        ),
        "threads": PanelKind("pipeline.render.panels.threads:ThreadsPanel", options={"marks": {}, WINDOW: None}),
        "paths": PanelKind("pipeline.render.panels.paths:PathsPanel"),
        "loss": PanelKind("pipeline.render.panels.loss:LossPanel"),
        "scalar": PanelKind(
            "pipeline.render.panels.scalar:ScalarPanel",
            options={"quantities": ["roughness"], "scale": "auto"},
            needs=lambda options: options["quantities"],
            choices={"scale": ("auto", "linear", "log")},
        ),
        "spectrum": PanelKind(
            "pipeline.render.panels.spectrum:SpectrumPanel",
            options={"of": "hessian"},
            needs=lambda options: [f"{options['of']}_eigenvalues"],
            choices={"of": ("hessian", "spline_hessian", "kernel")},
        ),
        "kernel": PanelKind("pipeline.render.panels.kernel:KernelPanel", needs=lambda options: ["kernel"]),
        "kernel_spectrum": PanelKind(
            "pipeline.render.panels.kernel_spectrum:KernelSpectrumPanel", needs=lambda options: ["kernel_eigenvalues"]
        ),
        "histogram": PanelKind(
            "pipeline.render.panels.histogram:HistogramPanel",
            options={"of": "breakpoint"},
            needs=lambda options: (
                ["grid", "breakpoint_density"]
                if options["of"] == "breakpoint"
                else ["delta_slope_grid", "delta_slope_density"]
            ),
            choices={"of": ("breakpoint", "delta_slope")},
        ),
        "polar": PanelKind(
            "pipeline.render.panels.polar:PolarPanel",
            options={"zoom": False},
            needs=lambda options: ["polar_radius", "polar_angle"],
        ),
        "residuals": PanelKind(
            "pipeline.render.panels.residuals:ResidualsPanel",
            options={"pieces": False},
            needs=lambda options: ["residual", *(["piece_index"] if options["pieces"] else [])],
        ),
        "words": PanelKind("pipeline.render.panels.words:WordsPanel", options={"text": ""}),
        "evidence": PanelKind(
            "pipeline.render.panels.evidence:EvidencePanel",
            options={"quantity": "loss", "say": "", "format": ".3g", "target": None, "target_say": ""},
            needs=lambda options: [
                name for name in (options["quantity"], options["target"]) if isinstance(name, str) and name != "loss"
            ],
        ),
        "breakpoint_loss": PanelKind(
            "pipeline.render.panels.breakpoint_loss:BreakpointLossPanel",
            options={"zoom": False},
            needs=lambda options: ["grid", "loss_along_breakpoint", "neuron_breakpoint", "neuron_delta_slope"],
        ),
        "certificate": PanelKind(
            "pipeline.render.panels.certificate:CertificatePanel",
            needs=lambda options: ["grid", "certificate", "neuron_certificate", "optimum_knot"],
        ),
        "surface": PanelKind(
            "pipeline.render.panels.surface:SurfacePanel",
            options={"coordinate": "jump"},
            needs=lambda options: [
                *("grid", "delta_slope_grid", "loss_plane", "neuron_breakpoint", "neuron_delta_slope"),
                *("breakpoint_velocity", "delta_slope_velocity"),
            ],
            choices=COORDINATES,
        ),
    },
)


def panel_class(kind: str) -> "type[Panel]":
    """The class of a kind of panel, by its name in PANELS. Raises InputError for a text that names none."""
    panel = PANELS[kind].panel
    if not isinstance(panel, str):
        return panel
    module, _, name = panel.partition(":")
    try:
        found: type[Panel] = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        message = f"panel {kind!r}: {panel!r} names no panel, {error}; give a class, or 'module:Class'"
        raise InputError(message) from error
    return found
