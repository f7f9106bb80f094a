"""Formats of a video, as rows of a table that plugins add to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.config.schema.video import VideoConfig
from pipeline.config.tables import Table
from pipeline.render.encoding import apng, gif, mp4, webp

# The sink has converted to these colours (yuv.py); without the tags players guess, and shift them.
BT709 = "setsar=1,setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
# As yuv.py does it, but by ffmpeg, which also takes the alpha along; it is straight, as editors and browsers expect it.
TO_BT709 = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int+bicubic"
VP9 = (
    "-c:v libvpx-vp9 -deadline good -cpu-used {cpu_used} -row-mt 1 -crf {crf} -b:v 0"
    " -g {keyframe_interval} -fps_mode cfr -f webm"
)
# stats_mode=diff: colours go to what moves. Dithering would make flat areas crawl from frame to frame.
PALETTE = (
    "scale={width}:{height}:flags=lanczos,split[frames][copy];[copy]palettegen=stats_mode=diff[palette];"
    "[frames][palette]paletteuse=dither=none:diff_mode=rectangle"
)


@dataclass(frozen=True)
class Format:
    """One format: what ffmpeg is told, and what the rest of the program has to know of it.

    options, filters: ffmpeg's for the output, in which {width}, {height}, {crf}, {preset}, {refinement} (x264's, of 8
    bits), {cpu_used} and {keyframe_interval} are filled in from the settings (arguments.py).
    suffix: of the file, or "" for a folder of images; pattern: of the file names inside the folder, as ffmpeg's.
    crf: lowest and highest allowed, None where it has no meaning; max_fps: frames/s that players keep up;
    longest_side: pixels, larger frames are scaled down.
    planar: whether it takes frames as yuv.py makes them (then filters should hold BT709), or RGB.
    alpha: whether it keeps a fourth channel, so that the ground of its frames is transparent.
    merges: whether equal frames that follow each other are stored as one that stands longer.
    comment: whether ffmpeg can put one into the container; add_comment: what does it afterwards, where ffmpeg cannot.
    chapters: whether it has them.
    ending: last bytes of every whole file, if there are such; readable: whether ffmpeg reads one packet a frame back
    from it, by which a file is checked (container.py); count: what does that sooner than ffmpeg, for a file alone:
    its frames, or ValueError where they are not all there.
    """

    suffix: str
    options: str
    filters: str | None = None
    pattern: str = ""
    crf: tuple[int, int] | None = None
    max_fps: int = 120
    longest_side: int | None = None
    planar: bool = False
    alpha: bool = False
    merges: bool = False
    comment: bool = False
    add_comment: Callable[[Path, str], None] | None = None
    chapters: bool = False
    ending: bytes = b""
    readable: bool = True
    count: Callable[[Path], int] | None = None

    def output_size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height in the file, px, both even, of frames of a width and height."""
        longest = max(width, height)
        scale = min(1.0, (self.longest_side or longest) / longest)
        return max(2, 2 * round(width * scale / 2)), max(2, 2 * round(height * scale / 2))

    def ffmpeg_name(self, path: Path) -> str:
        """A path in ffmpeg's words: in a sequence's folder a percent sign would be taken for a number's place."""
        return f"{str(path).replace('%', '%%')}/{self.pattern}" if self.pattern else str(path)


# A GIF counts time in 1/100 s; browsers slow down whatever is shown for less than two of them.
# Its palette needs the whole clip: all frames, scaled down, wait in the encoder's memory. Pillow, by which imageio
# writes GIFs, makes a palette a frame: of our clips its files are 2.6 to 3.7 times as large, and 1.8 to 3.4 dB worse.
FORMATS: Table[Format] = Table(
    "video format",
    {
        "mp4": Format(
            suffix=".mp4",
            filters=BT709,
            # 8x8dct: without it the fastest presets fall back to Baseline. crf 0 would be lossless, which is not High.
            options="-c:v libx264 -profile:v high -preset {preset} -crf {crf} -x264-params 8x8dct=1{refinement}"
            " -g {keyframe_interval} -fps_mode cfr -movflags +faststart -f mp4",
            crf=(1, 51),
            planar=True,
            comment=True,
            chapters=True,
            count=mp4.count_frames,
        ),
        "webm": Format(
            suffix=".webm",
            filters=BT709,
            options=VP9,
            crf=(0, 63),
            planar=True,
            comment=True,
            chapters=True,
        ),
        "mov": Format(
            suffix=".mov",
            filters=f"{TO_BT709},format=yuva444p10le,{BT709}",
            # Of ProRes 4444 our default clip in 1280x720 takes 0.44 MB a frame, over white 0.24 levels off by the root
            # of the mean square; at its usual rate it would take 0.62 and be 0.15 off.
            # With plain QuickTime tags a comment could be of 64 KiB at most.
            options="-c:v prores_ks -profile:v 4444 -vendor apl0 -alpha_bits 8 -q:v 4 -fps_mode cfr"
            " -movflags +faststart+use_metadata_tags -f mov",
            alpha=True,
            comment=True,
            chapters=True,
        ),
        "webm_alpha": Format(
            suffix=".webm",
            filters=f"{TO_BT709},format=yuva420p,{BT709}",
            options=f"-auto-alt-ref 0 {VP9}",
            crf=(0, 63),
            alpha=True,
            comment=True,
            chapters=True,
        ),
        "webp": Format(
            suffix=".webp",
            # Lossless of a palette: 0.84 of a gif of our default clip; in all colours 1.46, with losses 1.39.
            filters=f"{PALETTE},format=bgra",
            options="-c:v libwebp_anim -lossless 1 -quality 50 -compression_level 2 -loop 0 -f webp",
            max_fps=50,
            longest_side=720,
            merges=True,
            add_comment=webp.add_comment,
        ),
        "apng": Format(
            suffix=".png",
            filters=PALETTE,
            options="-c:v apng -pred none -plays 0 -f apng",
            max_fps=50,
            longest_side=720,
            add_comment=apng.add_comment,
            ending=apng.TRAILER,
        ),
        "gif": Format(
            suffix=".gif",
            filters=PALETTE,
            options="-c:v gif -loop 0 -f gif",
            max_fps=50,
            longest_side=720,
            add_comment=gif.add_comment,
            ending=gif.TRAILER,
        ),
        "frames": Format(
            suffix="",
            options="-c:v png -pix_fmt rgb24 -start_number 0 -f image2",
            pattern="frame_%05d.png",
            ending=apng.TRAILER,
        ),
    },
    key="video.format",
)


def has_alpha(settings: VideoConfig) -> bool:
    """Whether a video of these settings has a transparent ground."""
    return FORMATS[settings.format].alpha
