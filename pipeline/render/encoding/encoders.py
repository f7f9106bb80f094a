"""Which formats there are, as rows of a table, and the encoder's command line for each."""

import math
from dataclasses import dataclass
from pathlib import Path

from pipeline.config.schema.video import VideoConfig
from pipeline.errors import InputError

# The sink has converted to these colours (yuv.py); without the tags players guess, and shift them.
BT709 = "setsar=1,setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
# stats_mode=diff: colours go to what moves. Dithering would make flat areas crawl from frame to frame.
PALETTE = (
    "scale={width}:{height}:flags=lanczos,split[frames][copy];[copy]palettegen=stats_mode=diff[palette];"
    "[frames][palette]paletteuse=dither=none:diff_mode=rectangle"
)
QUIET = "-hide_banner -nostdin -loglevel error -xerror -y"
# bitexact leaves out versions and dates, so that the same frames give the same bytes; flush_packets lets the file
# grow with every packet, by which the watchdog sees that the encoder is alive.
REPRODUCIBLE = "-fflags +bitexact -flags:v +bitexact -flush_packets 1"


@dataclass(frozen=True)
class Format:
    """One format: `filters` and `options` are filled in from the settings by name.

    suffix: of the file, or "" for a folder of images; crf: lowest and highest allowed, None where it has no
    meaning; max_fps: frames/s that players keep up; longest_side: pixels, larger frames are scaled down;
    comment: whether the container can hold one; pattern: of the file names inside a folder; planar: whether it takes
    frames as yuv.py makes them, or RGB.
    """

    suffix: str
    options: str
    filters: str | None = None
    crf: tuple[int, int] | None = None
    max_fps: int = 120
    longest_side: int | None = None
    comment: bool = False
    pattern: str = ""
    planar: bool = False


FORMATS = {
    "mp4": Format(
        suffix=".mp4",
        filters=BT709,
        # 8x8dct: without it the fastest presets fall back to Baseline. crf 0 would be lossless, which is not High.
        options="-c:v libx264 -profile:v high -preset {preset} -crf {crf} -x264-params 8x8dct=1{refinement}"
        " -g {keyframe_interval} -fps_mode cfr -movflags +faststart -f mp4",
        crf=(1, 51),
        comment=True,
        planar=True,
    ),
    "webm": Format(
        suffix=".webm",
        filters=BT709,
        options="-c:v libvpx-vp9 -deadline good -cpu-used {cpu_used} -row-mt 1 -crf {crf} -b:v 0 -g {keyframe_interval}"
        " -fps_mode cfr -f webm",
        crf=(0, 63),
        comment=True,
        planar=True,
    ),
    # A GIF counts time in 1/100 s; browsers slow down whatever is shown for less than two of them.
    # Its palette needs the whole clip: all frames, scaled down, wait in the encoder's memory.
    "gif": Format(suffix=".gif", filters=PALETTE, options="-c:v gif -loop 0 -f gif", max_fps=50, longest_side=720),
    "frames": Format(suffix="", options="-c:v png -pix_fmt rgb24 -start_number 0 -f image2", pattern="frame_%05d.png"),
}

# Encoder speed in x264's words, and VP9's cpu-used for the same word.
SPEEDS = {
    "ultrafast": 5,
    "superfast": 5,
    "veryfast": 4,
    "faster": 3,
    "fast": 3,
    "medium": 2,
    "slow": 1,
    "slower": 1,
    "veryslow": 0,
}
# Of the default preset. Drawings stand still or move by themselves: finer motion and frames predicted from later ones
# would take a fifth to a quarter of the encoder's work each, for at most a fifth of size at the same PSNR.
REFINEMENTS = {"veryfast": ":subme=1:bframes=0:weightp=0"}
PIXEL_FORMATS = {3: "rgb24", 4: "rgb0"}  # by channels; a fourth one is skipped: frames are opaque
SMALLEST, LARGEST = 64, 8192  # pixels a side; beyond it H.264 has no level
LONGEST_COMMENT = 100_000  # bytes; Linux refuses to start a program with an argument of 128 KiB


def encoder_arguments(
    settings: VideoConfig, target: Path, comment: str = "", channels: int = 3, threads: int = 0
) -> list[str]:
    """ffmpeg's arguments, without the executable, to encode raw frames from standard input into `target`.

    target: an absolute path (a relative one with a colon would be read as a protocol), of a folder for "frames";
    comment: put into the file's metadata where the format has room for it; channels: bytes a pixel, 3 or 4;
    threads: of the encoder, 0: as many as it finds good for the machine.
    """
    form = FORMATS[settings.format]
    values = option_values(settings, form)
    return [
        *QUIET.split(),
        *f"-f rawvideo -pixel_format {'yuv420p' if form.planar else PIXEL_FORMATS[channels]}".split(),
        *f"-video_size {settings.width}x{settings.height} -framerate {settings.fps} -i pipe:0 -an".split(),
        *(["-vf", form.filters.format(**values)] if form.filters else []),
        *form.options.format(**values).split(),
        *f"-threads {threads}".split(),
        *REPRODUCIBLE.split(),
        *(["-metadata", f"comment={comment}"] if comment and form.comment else []),
        output_name(target, form),
    ]


def option_values(settings: VideoConfig, form: Format) -> dict[str, object]:
    """What the templates of a row may name."""
    width, height = output_size(settings, form)
    return {
        "width": width,
        "height": height,
        "crf": settings.crf,
        "preset": settings.preset,
        "refinement": REFINEMENTS.get(settings.preset, ""),
        "cpu_used": SPEEDS[settings.preset],
        "keyframe_interval": max(1, math.floor(settings.keyframe_seconds * settings.fps + 1e-9)),
    }


def output_size(settings: VideoConfig, form: Format) -> tuple[int, int]:
    """Width and height in the file, in pixels, both even."""
    longest = max(settings.width, settings.height)
    scale = min(1.0, (form.longest_side or longest) / longest)
    return tuple(max(2, 2 * round(side * scale / 2)) for side in (settings.width, settings.height))


def output_name(target: Path, form: Format) -> str:
    """The target in ffmpeg's words: in a sequence's folder a percent sign would be taken for a number's place."""
    return f"{str(target).replace('%', '%%')}/{form.pattern}" if form.pattern else str(target)


def check_video(video: VideoConfig) -> None:
    """InputError, with key, value and remedy, where no encoder could be run with these settings."""
    allow("format", video.format, video.format in FORMATS, f"choose one of {', '.join(FORMATS)}")
    allow("preset", video.preset, video.preset in SPEEDS, f"choose one of {', '.join(SPEEDS)}")
    form = FORMATS[video.format]
    for key in ("width", "height"):
        check_side(key, getattr(video, key))
    allow("fps", video.fps, 1 <= video.fps <= form.max_fps, f"give 1 to {form.max_fps} frames/s for {video.format}")
    if form.crf:
        low, high = form.crf
        allow("crf", video.crf, low <= video.crf <= high, f"give {low} (best) to {high} (smallest) for {video.format}")
    for key in ("keyframe_seconds", "timeout"):
        seconds = getattr(video, key)
        allow(key, seconds, 0 < seconds < math.inf, "give a number of seconds above 0")


def check_comment(comment: str) -> None:
    """InputError where the comment cannot be an argument of a program."""
    size = len(comment.encode())
    if size > LONGEST_COMMENT or "\0" in comment:
        raise InputError(f"video: a comment of {size} bytes; give at most {LONGEST_COMMENT}, none of them 0")


def check_side(key: str, pixels: int) -> None:
    """InputError unless `pixels` can be a side: the colours of a 4:2:0 video are stored once every two pixels."""
    allow(key, pixels, SMALLEST <= pixels <= LARGEST, f"give {SMALLEST} to {LARGEST} pixels")
    allow(key, pixels, pixels % 2 == 0, f"video needs an even size; give {pixels - 1} or {pixels + 1}")


def allow(key: str, value, allowed: bool, remedy: str) -> None:
    """InputError about one key of the group unless it is allowed."""
    if not allowed:
        raise InputError(f"video.{key} = {value}: {remedy}")
