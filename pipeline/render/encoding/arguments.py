"""The encoder's command line, a pure function of the settings."""

import math
from collections.abc import Sequence
from pathlib import Path

from pipeline.config.schema.video import VideoConfig
from pipeline.render.encoding.chapters import Chapter, chapter_arguments
from pipeline.render.encoding.formats import FORMATS, Format
from pipeline.render.encoding.presets import PRESETS, constant_quantiser

QUIET = "-hide_banner -nostdin -loglevel error -xerror -y"
# bitexact leaves out versions and dates, so that the same frames give the same bytes; flush_packets lets the file
# grow with every packet, by which the watchdog sees that the encoder is alive.
REPRODUCIBLE = "-fflags +bitexact -flags:v +bitexact -flush_packets 1"
PIXEL_FORMATS = {3: "rgb24", 4: "rgb0"}  # by channels; a fourth one is skipped where the format has no alpha


def encoder_arguments(
    settings: VideoConfig,
    target: Path,
    comment: str = "",
    channels: int = 3,
    threads: int = 0,
    chapters: Sequence[Chapter] = (),
) -> list[str]:
    """ffmpeg's arguments, without the executable, to encode raw frames from standard input into `target`.

    target: an absolute path (a relative one with a colon would be read as a protocol), of a folder for "frames";
    comment: put into the file's metadata where ffmpeg can; channels: bytes a pixel, 3 or 4;
    threads: of the encoder, 0: as many as it finds good for the machine; chapters: put into the file where its format
    has them.
    """
    form = FORMATS[settings.format]
    values = option_values(settings, form)
    pixels = "rgba" if form.alpha and channels == 4 else PIXEL_FORMATS[channels]
    return [
        *QUIET.split(),
        *f"-f rawvideo -pixel_format {'yuv420p' if form.planar else pixels}".split(),
        *f"-video_size {settings.width}x{settings.height} -framerate {settings.fps} -i pipe:0".split(),
        *(chapter_arguments(chapters, settings.fps) if form.chapters else []),
        "-an",
        *(["-vf", form.filters.format(**values)] if form.filters else []),
        *form.options.format(**values).split(),
        *f"-threads {threads}".split(),
        *REPRODUCIBLE.split(),
        *(["-metadata", f"comment={comment}"] if comment and form.comment else []),
        form.ffmpeg_name(target),
    ]


def option_values(settings: VideoConfig, form: Format) -> dict[str, object]:
    """What the templates of a row may name."""
    width, height = form.output_size(settings.width, settings.height)
    preset = PRESETS[settings.preset]
    return {
        "width": width,
        "height": height,
        "crf": settings.crf,
        "preset": settings.preset,
        "refinement": preset.refinement.format(constant=constant_quantiser(settings.crf)),
        "cpu_used": preset.cpu_used,
        "keyframe_interval": max(1, math.floor(settings.keyframe_seconds * settings.fps + 1e-9)),
    }
