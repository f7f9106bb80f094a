"""Keys of the group `video`."""

from dataclasses import dataclass

from pipeline.config.fields import config_key

SHORTEST_SIDE, LONGEST_SIDE = 64, 8192  # px of a frame; beyond it H.264 has no level


@dataclass
class VideoConfig:
    """Group `video`: the size, rate and encoding of the clip."""

    format: str = config_key(
        "mp4",
        "mp4 (H.264), webm (VP9), gif, webp, apng, frames: a folder of PNG images; "
        "with a transparent ground mov (ProRes 4444), webm_alpha (VP9)",
    )
    width: int = config_key(1920, "of the frame; even", unit="px", at_least=SHORTEST_SIDE, at_most=LONGEST_SIDE)
    height: int = config_key(1080, "of the frame; even", unit="px", at_least=SHORTEST_SIDE, at_most=LONGEST_SIDE)
    fps: int = config_key(
        30, "frames per second, constant; of a gif, webp, apng at most 50", unit="1/s", at_least=1, at_most=120
    )
    crf: int = config_key(
        18,
        "loss of quality: mp4 1 (best) to 51, webm and webm_alpha 0 to 63; others do not use it",
        at_least=0,
        at_most=63,
    )
    preset: str = config_key("veryfast", "the encoder's speed in x264's words; mp4, webm, webm_alpha")
    keyframe_seconds: float = config_key(
        0.5,
        "longest time between two keyframes; short ones make scrubbing smooth; mp4, webm, webm_alpha",
        unit="s",
        above=0,
        at_most=3600,
    )
    subtitles: bool = config_key(
        True, "whether the words of beats and captions are drawn in the picture; false: only in video.vtt"
    )
    timeout: float = config_key(
        60.0, "time without progress after which a hanging encoder is ended", unit="s", above=0, at_most=1e6
    )
