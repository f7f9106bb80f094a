"""Keys of the group `scene`."""

from dataclasses import dataclass, field
from typing import Any

from pipeline.config.fields import config_key


@dataclass
class LayoutConfig:
    """A mosaic of panels: rows of panel names, every row equally long; a name repeated spans its cells."""

    mosaic: list[list[str]] = config_key(
        [], "rows of panels, top to bottom; '.' is an empty cell, a repeated name spans"
    )
    width_ratios: list[float] = config_key([], "relative widths of the columns; none: all equal", above=0, at_most=1e6)
    height_ratios: list[float] = config_key([], "relative heights of the rows; none: all equal", above=0, at_most=1e6)


def _over_threads(function: int, threads: int) -> LayoutConfig:
    """The function over its threads, in rows rather than ratios: a scene that gives another mosaic has none to undo."""
    return LayoutConfig([["function"]] * function + [["threads"]] * threads)


def _wide() -> LayoutConfig:
    return _over_threads(7, 3)


def _narrow() -> LayoutConfig:
    return _over_threads(9, 2)


@dataclass
class SceneConfig:
    """Group `scene`: which panels stand where, and the words around them."""

    title: str = config_key(
        "A ReLU network of {neurons} neurons learns {data}",
        "facts in braces are filled in: neurons samples data init scale seed dynamics end_time",
    )
    subtitle: str = config_key(
        "{init} init · scale {scale} · seed {seed} · {samples} samples · {dynamics}",
        "likewise, in parts that · divides",
    )
    wide: LayoutConfig = field(default_factory=_wide)  # of frames at least narrow_below times as wide as high
    narrow: LayoutConfig = field(default_factory=_narrow)  # of narrower ones
    narrow_below: float = config_key(
        1.3, "the layout is `narrow` below this width divided by height", above=0, at_most=1e3
    )
    key: bool = config_key(True, "whether the foot explains the marks")
    over_margin: bool = config_key(
        False, "of labels: whether f is shown over its margin, least y f, past 1: its shape, while it grows for ever"
    )
    trail_seconds: float = config_key(
        1.0, "how much of its past a neuron trails in the plane", unit="s of video", at_least=0, at_most=3600
    )
    panels: dict[str, Any] = config_key(
        {}, "options of panels, by name in the mosaic, as in {plane: {field: true}}; with kind, names of your own"
    )
    captions: dict[Any, str] = config_key(
        {}, "sentences for a few seconds each, training time: words, as in {0.1: The first knots are caught}"
    )
    narrate: bool = config_key(False, "whether catches of breakpoints by samples are told as captions")
    opening: bool = config_key(
        False, "whether the picture is built up first: data, function, one neuron, all; 3 s more"
    )
    beats: list[dict[str, Any]] = config_key(
        [], "what the clip stands still for and says, as in [{at: first_catch, say: A sample catches the knot}]"
    )
    missed: str = config_key("refuse", "what becomes of a beat whose moment never comes", choices=("refuse", "skip"))
    ending: dict[str, Any] | None = config_key(
        {},
        "a card over the dimmed last frame, as in {say: It is linear, source: Williams et al. 2019}; null: none",
    )
    evidence: dict[str, Any] | None = config_key(
        {},
        "the claim's number, live in the function, as in {quantity: path_norm, format: .2f, target: 4}; null: none",
    )
    times: list[float] | None = config_key(
        None,
        "training times of a still film strip (PDF, SVG, PNG in the folder strip/) instead of a video, 2 to 9",
        unit="training time",
        at_least=0,
        at_most=1e50,
    )
