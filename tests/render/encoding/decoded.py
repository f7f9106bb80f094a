"""What a player decodes of a video."""

import subprocess

import numpy as np

from pipeline.render.encoding.ffmpeg import bundled_ffmpeg


def decoded(path) -> list[str]:
    """A hash of the pixels of every frame."""
    words = [bundled_ffmpeg(), "-v", "error", "-xerror", "-i", path, "-map", "0:v:0", "-f", "framemd5", "-"]
    said = subprocess.run(words, capture_output=True, check=True).stdout.decode()
    return [line.split(",")[-1].strip() for line in said.splitlines() if not line.startswith("#")]


def pixels(path, width, height) -> np.ndarray:
    """Every frame: (frames, height, width, 3) uint8."""
    words = [bundled_ffmpeg(), "-v", "error", "-i", path, "-map", "0:v:0", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    said = subprocess.run(words, capture_output=True, check=True).stdout
    return np.frombuffer(said, np.uint8).reshape(-1, height, width, 3)
