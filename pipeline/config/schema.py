"""The schema: one plain dataclass per config group; check.py has every rule between keys.

The fields' meaning and units stand in the YAML files of conf/. Nothing here knows Hydra: the command line
registers these classes with it, and a notebook may fill them by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any


@dataclass
class DataConfig:
    """Group `data`: where the samples come from."""

    kind: str = "csv"
    title: str = ""
    x_label: str = ""
    x_unit: str = ""
    y_label: str = ""
    y_unit: str = ""
    standardize: bool = False
    # formulas: sine, step, sawtooth, cubic
    count: int = 20
    low: float = -1.0
    high: float = 1.0
    amplitude: float = 1.0
    frequency: float = 1.0
    noise: float = 0.0
    seed: int = 0
    # csv: path, header, decimal_comma, and the columns x, y; points: the lists x, y
    path: str | None = None
    header: bool = True
    decimal_comma: bool = False
    x: Any = None
    y: Any = None


@dataclass
class InitConfig:
    """Group `init`: the network at t = 0."""

    scaling: str = "he"
    distribution: str = "normal"
    width: int = 60
    scale: float = 1.0
    layer_ratio: float = 1.0
    bias_ratio: float = 1.0
    balanced: bool = False
    antisymmetric: bool = False
    seed: int = 0


@dataclass
class DynamicsConfig:
    """Group `dynamics`: how the network learns."""

    kind: str = "gradient_flow"
    end_time: float = 30.0
    train: str = "all"
    output_bias: bool = False
    weight_decay: float = 0.0
    # gradient_flow
    rtol: float = 1e-5
    max_steps: int = 2_000_000
    # gradient_descent, adam
    learning_rate: float | None = None
    batch_size: int | None = None
    label_noise: float = 0.0
    momentum: float = 0.0
    seed: int = 0


@dataclass
class ProjectionConfig:
    """Key `projection`: what is computed of the run beyond its spline form."""

    quantities: list[str] = field(default_factory=list)
    points: int = 256
    neuron: int | None = None
    window: float | None = None


@dataclass
class TimingConfig:
    """Group `timing`: which training time each frame shows."""

    kind: str = "log"
    seconds: float = 12.0
    hold_start: float = 0.5
    hold_end: float = 1.5
    first_time: float | None = None


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


@dataclass
class FramesConfig:
    """Key `frames`: which frames of the video are drawn."""

    range: list[int] | None = None


@dataclass
class VideoConfig:
    """Group `video`: the size, rate and encoding of the clip."""

    format: str = "mp4"
    width: int = 1920
    height: int = 1080
    fps: int = 30
    crf: int = 18
    preset: str = "veryfast"
    keyframe_seconds: float = 0.5
    timeout: float = 60.0


@dataclass
class SweepConfig:
    """Key `sweep`: what is made of the finished jobs of a sweep."""

    bunch: int | None = None
    compare: bool = True
    montage: bool = True
    rows: str | None = None
    columns: str | None = None
    times: list[float] | None = None
    mosaic: list[list[str]] = field(default_factory=lambda: [["function"]])
    width: int = 1920
    height: int = 1080


@dataclass
class EmbedConfig:
    """Group `embed`: what is made of a finished video for talks, papers and pages."""

    make: bool = False
    gif: bool = False
    webm: bool = False
    cuts: list[float] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    most_sections: int = 6
    shortest: float = 1.0
    loop: bool = True
    slides: bool | None = None
    explore: bool = True
    alt: str = ""


@dataclass
class Config:
    """Everything that one job needs."""

    name: str = "default"
    force: bool = False
    render: bool = True
    preview: bool = False
    objective: str = "final_loss"
    compare: dict[str, list[str]] = field(default_factory=dict)
    data: DataConfig = field(default_factory=DataConfig)
    init: InitConfig = field(default_factory=InitConfig)
    dynamics: DynamicsConfig = field(default_factory=DynamicsConfig)
    projection: ProjectionConfig = field(default_factory=ProjectionConfig)
    timing: TimingConfig = field(default_factory=TimingConfig)
    scene: SceneConfig = field(default_factory=SceneConfig)
    theme: ThemeConfig = field(default_factory=ThemeConfig)
    video: VideoConfig = field(default_factory=VideoConfig)
    frames: FramesConfig = field(default_factory=FramesConfig)
    sweep: SweepConfig = field(default_factory=SweepConfig)
    embed: EmbedConfig = field(default_factory=EmbedConfig)


def config_from(values: Mapping[str, Any], kind: type = Config) -> Any:
    """The config, or the group of a `kind`, that a manifest holds; keys that the schema does not have are left out."""
    made = {entry.name: values[entry.name] for entry in fields(kind) if entry.name in values}
    for entry in fields(kind):
        if is_dataclass(entry.type) and entry.name in made:
            made[entry.name] = config_from(made[entry.name], entry.type)
    if kind is SceneConfig and "captions" in made:  # JSON has no numbers as keys
        made["captions"] = {float(time): words for time, words in made["captions"].items()}
    return kind(**made)
