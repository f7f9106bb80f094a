"""What a run is asked for: quantities, frames, pictures. Nothing here takes long to import."""

from pipeline.config.schema.config import Config
from pipeline.config.schema.data import DataConfig
from pipeline.render.encoding.formats import FORMATS
from pipeline.render.film.storyboard import storyboard_of, tells
from pipeline.render.scene.panel_spec import needed_quantities

PICTURES = "poster.png", "last.png"  # beside a video: its first and its last frame
VIDEO = "video.mp4", *PICTURES  # what a talk is made of
SUBTITLES = "video.vtt"  # beside a video that tells a story: what it says, and when
PREVIEW = "first.png", "middle.png", "last.png"
STRIP = "strip.pdf", "strip.svg", "strip.png"
# Folders inside a run's own for what must not take the whole video's place.
PARTS = "strip", "preview", "part_*"
TEST, TEACHER = ("test_x", "test_y", "test_loss"), ("teacher_x", "teacher_y")
KNOWN = {*TEST, *TEACHER, "target", "target_distance"}  # quantities that are told by the samples' config
FINAL_LOSS = "final_loss"  # the objective that is no quantity


def asked_quantities(config: Config) -> list[str]:
    """Names of the quantities that the config asks for, that its scene draws or tells, and that a sweep looks at."""
    objective = [] if config.objective == FINAL_LOSS else [config.objective]
    told = storyboard_of(config.scene).quantities()
    drawn = [*needed_quantities(config.scene), *of_samples(config.data)]
    return list(dict.fromkeys([*config.projection.quantities, *drawn, *told, *objective]))


def of_samples(data: DataConfig) -> list[str]:
    """Names of the quantities that tell what is known of the samples: of a test set, of a teacher."""
    has_test = data.test_fraction or data.test_path or data.test_count
    return [*(TEST if has_test else ()), *(TEACHER if data.kind == "teacher" else ())]


def frame_numbers(config: Config, count: int) -> range:
    """Which of the video's `count` frames are drawn."""
    return range(*config.frames.range) if config.frames.range else range(count)


def has_subtitles(config: Config) -> bool:
    """Whether video.vtt stands beside the video: beside a whole clip that tells something, in a format of players."""
    return tells(config.scene) and FORMATS[config.video.format].chapters and not part_of(config)


def part_of(config: Config) -> str:
    """The folder inside the run's own, one of PARTS, that the config is made in; empty where it is the whole video."""
    if config.scene.times:
        return "strip"
    if config.preview:
        return "preview"
    return "part_{}_{}".format(*config.frames.range) if config.frames.range else ""
