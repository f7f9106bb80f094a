"""What a player decodes of a video, and the chapters that it shows."""

import re
import subprocess

import numpy as np

from pipeline.render.encoding.ffmpeg import bundled_ffmpeg


def decoded(path) -> list[str]:
    """A hash of the pixels of every frame."""
    words = [bundled_ffmpeg(), "-v", "error", "-xerror", "-i", path, "-map", "0:v:0", "-f", "framemd5", "-"]
    said = subprocess.run(words, capture_output=True, check=True).stdout.decode()
    return [line.split(",")[-1].strip() for line in said.splitlines() if not line.startswith("#")]


def check_chapters(path, chapters, fps) -> None:
    """A player shows a file's chapters, at their times and by their titles."""
    said = subprocess.run([bundled_ffmpeg(), "-i", path], capture_output=True, check=False).stderr.decode()
    times = re.findall(r"Chapter #0:\d: start ([\d.]+), end ([\d.]+)", said)
    wanted = [[chapter.first / fps, chapter.end / fps] for chapter in chapters]
    np.testing.assert_allclose(np.array(times, float), wanted, atol=1.1e-3)
    assert re.findall(r"    title +: (.*)", said) == [chapter.title for chapter in chapters]
