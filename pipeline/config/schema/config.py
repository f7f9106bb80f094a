"""The whole config of a job, and how one is read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from pipeline.config.check import shown
from pipeline.config.fields import config_key
from pipeline.config.schema.data import DataConfig
from pipeline.config.schema.dynamics import DynamicsConfig
from pipeline.config.schema.embed import EmbedConfig
from pipeline.config.schema.init import InitConfig
from pipeline.config.schema.language import LanguageConfig
from pipeline.config.schema.projection import ProjectionConfig
from pipeline.config.schema.scene import SceneConfig
from pipeline.config.schema.sweep import SweepConfig
from pipeline.config.schema.theme import ThemeConfig
from pipeline.config.schema.timing import TimingConfig
from pipeline.config.schema.video import VideoConfig
from pipeline.errors import InputError


@dataclass
class FramesConfig:
    """Key `frames`: which frames of the video are drawn."""

    range: list[int] | None = config_key(
        None,
        "[first, end]: only these frames of the video, counted from 0, without the end; into a folder part_…/",
        at_least=0,
        at_most=10**9,
    )


@dataclass
class Config:
    """Everything that one job needs."""

    name: str | None = config_key(
        None, "names the folder renders/<name>; null: it is named by what differs from the defaults", verbatim=True
    )
    force: bool = config_key(False, "true: do every stage again, also where the result is up to date")
    render: bool = config_key(True, "false: simulate and project only")
    preview: bool = config_key(False, "true: only the first, middle and last frame, as PNG in the folder preview/")
    objective: str = config_key(
        "final_loss",
        "the number that the command returns to a sweeper: final_loss, or a quantity with a value a frame",
    )
    compare: dict[str, list[str]] = config_key(
        {}, "runs to show side by side, label: [overrides], 2 to 9; takes scene=compare", verbatim=True
    )
    plugins: list[str] = config_key(
        [],
        "files FILE.py or modules that add panels, formulas, initialisations, quantities, optimisers of your own",
        verbatim=True,
    )
    data: DataConfig = field(default_factory=DataConfig)
    init: InitConfig = field(default_factory=InitConfig)
    dynamics: DynamicsConfig = field(default_factory=DynamicsConfig)
    projection: ProjectionConfig = field(default_factory=ProjectionConfig)
    timing: TimingConfig = field(default_factory=TimingConfig)
    scene: SceneConfig = field(default_factory=SceneConfig)
    theme: ThemeConfig = field(default_factory=ThemeConfig)
    language: LanguageConfig = field(default_factory=LanguageConfig)
    video: VideoConfig = field(default_factory=VideoConfig)
    frames: FramesConfig = field(default_factory=FramesConfig)
    sweep: SweepConfig = field(default_factory=SweepConfig)
    embed: EmbedConfig = field(default_factory=EmbedConfig)


def config_from(values: Mapping[str, Any], kind: type = Config) -> Any:
    """The config, or the group of a `kind`, that a manifest holds, also one of another version.

    Keys that the schema does not have are left out, those that are missing have their defaults; the rules of values are
    for check_values. Raises InputError where a group is no mapping.
    """
    if not isinstance(values, Mapping):
        what = "config" if kind is Config else kind.__name__.removesuffix("Config").lower()
        raise InputError(f"{what} = {shown(values)}: is a group of keys; give {{KEY: VALUE}}")
    made = {entry.name: values[entry.name] for entry in fields(kind) if entry.name in values}
    for entry in fields(kind):
        if isinstance(entry.type, type) and is_dataclass(entry.type) and entry.name in made:
            made[entry.name] = config_from(made[entry.name], entry.type)
    if kind is SceneConfig and isinstance(made.get("captions"), Mapping):  # JSON has no numbers as keys
        made["captions"] = {_time(time): words for time, words in made["captions"].items()}
    return kind(**made)


def _time(text: Any) -> Any:
    """A caption's time, or for check_values what is none."""
    try:
        return float(text)
    except (TypeError, ValueError):
        return text
