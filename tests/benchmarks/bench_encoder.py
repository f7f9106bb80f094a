"""What the encoder could be asked for instead: work and size at equal quality, on the default scene's frames.

    python -m tests.benchmarks.bench_encoder [--quick]

Prints, for parameters of x264 beside those of the default preset, the encoder's CPU time and the file's size as shares
of what the default takes for the same PSNR (of its curve over crf), and the SSIM that is gained, in dB.
"""

import argparse
import os
import re
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.config.schema.video import VideoConfig
from pipeline.render.encoding.arguments import encoder_arguments
from pipeline.render.encoding.ffmpeg import bundled_ffmpeg
from pipeline.render.encoding.presets import PRESETS
from pipeline.render.encoding.sink import VideoSink, granted_cores
from pipeline.run.drawing import frames_for
from tests.benchmarks.bench_render import scene_of

CURVE = (15, 16, 17, 18, 19, 20, 22)  # values of crf at which the default is measured
REPEATS = 3  # of which the least CPU time counts
MORE = {  # more of x264's parameters, and a crf that gives about the default's size
    "scenecut=0": 18,
    "subme=0": 19,
    "me=dia": 18,
    "partitions=none": 18,
    "partitions=p8x8,i8x8": 18,
    "no-deblock=1": 18,
    "no-psy=1": 18,
    "no-mbtree=1:rc-lookahead=0": 22,
    "no-mbtree=1:rc-lookahead=0:aq-mode=0": 26,
    "aq-mode=0": 22,
    "qp=22": 18,
    "aq-strength=0.5": 19,
    "rc-lookahead=5": 17,
    "deadzone-inter=28:deadzone-intra=16": 17,
    "sliced-threads=1": 18,
    "no-cabac=1": 19,
}
TUNES = {  # what x264's -tune sets, of what such a preset leaves open
    "tune animation: deblock=1,1:aq-strength=0.6": 19,
    "tune stillimage: deblock=-3,-3:aq-strength=1.2": 17,
}


def raw_frames(video: VideoConfig, scene, step: int, path: Path) -> None:
    """Write the frames, as the encoder takes them, to a file."""
    sink, numbers = VideoSink(path.with_suffix(".mp4"), video), range(0, len(scene), step)
    with path.open("wb") as file, frames_for(sink, scene, numbers, 1) as frames:
        for frame in frames:
            file.write(frame)


def encoded(video: VideoConfig, raw: Path, parameters: str = "") -> tuple[float, float, float, float]:
    """Encode raw frames: CPU seconds, bytes, PSNR and SSIM, both in dB."""
    made = raw.with_name("made.mp4")
    arguments = encoder_arguments(video, made, threads=granted_cores())
    place = arguments.index("-x264-params") + 1
    arguments[place] += f":{parameters}" if parameters else ""
    spent = []
    for _ in range(REPEATS):
        before = os.times()
        with raw.open("rb") as frames:
            subprocess.run([bundled_ffmpeg(), *arguments], stdin=frames, check=True)
        after = os.times()
        spent.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(spent), made.stat().st_size, *quality(video, made, raw)


def quality(video: VideoConfig, made: Path, raw: Path) -> tuple[float, float]:
    """PSNR and SSIM of a video, in dB, as ffmpeg's filters say them."""
    size = f"-f rawvideo -pixel_format yuv420p -video_size {video.width}x{video.height} -framerate {video.fps}"
    graph = "[0:v]split[a][b];[1:v]split[c][d];[a][c]psnr;[b][d]ssim"
    command = [bundled_ffmpeg(), "-i", str(made), *size.split(), "-i", str(raw), "-lavfi", graph, "-f", "null", "-"]
    said = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True).stderr
    found = re.search(r"PSNR.*average:([\d.]+)", said), re.search(r"SSIM.*\(([\d.]+)\)\s*$", said, re.M)
    return float(found[0][1]), float(found[1][1])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="every sixth frame")
    step = 6 if parser.parse_args().quick else 1
    config, scene = scene_of(300)
    video = config.video
    print(f"{video.preset} {PRESETS[video.preset].refinement[1:]}, {granted_cores()} threads")
    with tempfile.TemporaryDirectory() as name:
        raw = Path(name) / "frames.yuv"
        raw_frames(video, scene, step, raw)
        curve = np.array([encoded(replace(video, crf=crf), raw) for crf in CURVE])[::-1]
        rivals = {each: (crf, each) for each, crf in MORE.items()}
        rivals |= {each: (crf, each.partition(": ")[2]) for each, crf in TUNES.items()}
        for told, (crf, parameters) in rivals.items():
            spent, size, psnr, ssim = encoded(replace(video, crf=crf), raw, parameters)
            usual = [np.interp(psnr, curve[:, 2], curve[:, k]) for k in (0, 1, 3)]
            shares = f"CPU {spent / usual[0]:.2f}, size {size / usual[1]:.2f}, SSIM {ssim - usual[2]:+.2f} dB"
            print(f"{told:47s} crf {crf}: {psnr:.2f} dB; {shares}", flush=True)


if __name__ == "__main__":
    main()
