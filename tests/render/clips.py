"""Synthetic frames for the encoder's tests, and what a player sees of a file."""

import re
import subprocess
import warnings
from dataclasses import dataclass

import imageio.v3 as imageio
import numpy as np
from scipy.ndimage import uniform_filter

from pipeline.render.encoding.ffmpeg import bundled_ffmpeg

PATCHES = [(255, 255, 255), (26, 26, 26), (200, 40, 30), (30, 90, 200), (240, 180, 0), (0, 150, 110), (128, 128, 128)]


def moving_circle(width, height, count, channels=3):
    """`count` frames of a smooth-edged orange circle that crosses a white frame, with a dark line below it."""
    y, x = np.mgrid[:height, :width]
    for k in range(count):
        distance = np.hypot(x - width * (0.2 + 0.6 * k / max(count - 1, 1)), y - height / 2)
        cover = np.clip(height / 6 - distance, 0, 1)[..., None]
        frame = np.full((height, width, channels), 255, np.uint8)
        frame[..., :3] = 255 + cover * (np.array([213, 94, 0]) - 255)
        frame[height * 3 // 4 : height * 3 // 4 + 4] = 26
        yield frame


def colour_patches(width, height, count):
    """`count` equal frames of vertical stripes in the colours of PATCHES."""
    frame = np.zeros((height, width, 3), np.uint8)
    for k, colour in enumerate(PATCHES):
        frame[:, k * width // len(PATCHES) :] = colour
    yield from [frame] * count


def random_tiles(count, tile=64, rows=4, columns=8):
    """`count` equal frames of square tiles in random colours, and those colours (rows, columns, 3)."""
    colours = np.random.default_rng(0).integers(0, 256, (rows, columns, 3), dtype=np.uint8)
    return [np.ascontiguousarray(colours.repeat(tile, 0).repeat(tile, 1))] * count, colours


def ffmpeg(*arguments):
    """Standard output (bytes) and standard error (text) of the bundled ffmpeg."""
    result = subprocess.run([bundled_ffmpeg(), "-hide_banner", "-nostdin", *map(str, arguments)], capture_output=True)
    return result.stdout, result.stderr.decode()


def decode(path):
    """All frames of a file, (F, height, width, 3), a video's converted to RGB by the matrix that a player uses."""
    if path.suffix == ".gif":
        return imageio.imread(path, plugin="pillow", mode="RGB")
    colours = "scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd+full_chroma_int"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # imageio-ffmpeg leaves its pipes to the garbage collector
        return imageio.imread(path, plugin="FFMPEG", output_params=["-vf", colours])


@dataclass
class Probe:
    """What a player reads: the stream's description, and per frame its time in seconds and whether it is a keyframe."""

    stream: str
    audio: bool
    times: np.ndarray
    keyframes: np.ndarray


def probe(path):
    """Read a file's facts from what ffmpeg says of it."""
    _, words = ffmpeg("-i", path, *["-vf", "showinfo", "-f", "null", "-"])
    shown = re.findall(r"Parsed_showinfo.*pts_time:(\S+).* iskey:(\d)", words)
    times, keys = zip(*shown, strict=True)
    stream = re.search(r"Stream #0:0.*: Video: .*", words).group()
    return Probe(stream, "Audio:" in words, np.array(times, float), np.array(keys, int) == 1)


def comment_of(path):
    """The comment in a file's metadata, unescaped, or None."""
    text = ffmpeg("-i", path, *["-v", "error", "-f", "ffmetadata", "-"])[0].decode()
    found = re.search(r"(?im)^comment=((?:\\(?:.|\n)|[^\\\n])*)", text)
    return found and re.sub(r"(?s)\\(.)", r"\1", found.group(1))


def atoms(path):
    """The names of the top-level boxes of an MP4 file, in order."""
    data, place, names = path.read_bytes(), 0, []
    while place < len(data):
        names.append(data[place + 4 : place + 8].decode())
        place += int.from_bytes(data[place : place + 4], "big")
    return names


def similarity(drawn, shown):
    """Mean SSIM of two frames over windows of 7x7 pixels, worst of the three channels."""
    return min(channel_similarity(drawn[..., k].astype(float), shown[..., k].astype(float)) for k in range(3))


def channel_similarity(a, b):
    """Structural similarity (Wang et al. 2004), with C₁ = (0.01·255)² and C₂ = (0.03·255)²."""
    mean_a, mean_b = uniform_filter(a, 7), uniform_filter(b, 7)
    var_a = uniform_filter(a * a, 7) - mean_a**2
    var_b = uniform_filter(b * b, 7) - mean_b**2
    covariance = uniform_filter(a * b, 7) - mean_a * mean_b
    c1, c2 = 2.55**2, 7.65**2
    top = (2 * mean_a * mean_b + c1) * (2 * covariance + c2)
    return np.mean(top / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2)))
