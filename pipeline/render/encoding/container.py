"""Whether what an encoder wrote is the whole video: an exit code of 0 does not promise it."""

import os
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from pipeline.errors import EncodingError
from pipeline.render.encoding.ffmpeg import bundled_ffmpeg, in_one_line
from pipeline.render.encoding.formats import Format

READ = ["-v", "error", "-nostdin", "-xerror"]
COUNT = ["-map", "0:v:0", "-c", "copy", "-f", "framecrc", "-"]  # a line a packet; # starts those on the stream


def check_container(path: Path, form: Format, frames: int, fps: float) -> None:
    """Raise EncodingError unless `path`, a file or a folder of images, holds `frames` whole frames and nothing less.

    fps: frames/s, by which frames are counted that stand for several.

    Frames are counted, not decoded: at most a few hundredths of a second.
    """
    fault = _nothing(path, form) or _cut_off(path, form, frames) or _miscounted(path, form, frames, fps)
    if fault:
        raise EncodingError(f"{path}: the encoder ended as if all were well, but {fault}")


def _nothing(path: Path, form: Format) -> str:
    there = any(path.iterdir()) if form.pattern and path.is_dir() else path.is_file() and path.stat().st_size > 0
    return "" if there else "wrote nothing"


def _cut_off(path: Path, form: Format, frames: int) -> str:
    """Which of the files lacks its last bytes."""
    for file in _files(path, form, frames) if form.ending else ():
        if not file.is_file() or last_bytes(file, len(form.ending)) != form.ending:
            return f"{file.name} is not whole"
    return ""


def _miscounted(path: Path, form: Format, frames: int, fps: float) -> str:
    """What is wrong with the frames that can be read."""
    if not form.readable:
        return ""
    try:
        found, words = (form.count(path), "") if form.count else _read(path, form, fps)
    except ValueError as error:
        found, words = 0, str(error)
    if found == frames and not words:
        return ""
    return f"wrote {found} of {frames} frames that can be read{words and f': {words}'}"


def _read(path: Path, form: Format, fps: float) -> tuple[int, str]:
    """How many frames ffmpeg reads, packet by packet, and what it finds wrong with them."""
    command = [bundled_ffmpeg(), *READ, "-i", f"file:{form.ffmpeg_name(path)}", *COUNT]
    try:
        read = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise EncodingError(f"{path}: cannot be checked: {command[0]}: {error.strerror}") from None
    found = frames_listed(read.stdout.decode(), fps if form.merges else None)
    words = in_one_line(read.stderr.decode(errors="replace"))
    return found, words or ("" if read.returncode == 0 else f"ffmpeg ended with exit code {read.returncode}")


def _files(path: Path, form: Format, frames: int) -> Iterator[Path]:
    """The file, or those of a sequence."""
    return (path / (form.pattern % number) for number in range(frames)) if form.pattern else iter([path])


def frames_listed(packets: str, fps: float | None) -> int:
    """Frames in ffmpeg's list of packets: one each, or as many of those `fps` a second as they stand for together."""
    lines = packets.splitlines()
    rows = [line.split(",") for line in lines if not line.startswith("#")]
    if fps is None or not rows:
        return len(rows)
    unit = next(line for line in lines if line.startswith("#tb 0: ")).split()[-1]
    return round(sum(int(row[3]) for row in rows) * fps * Fraction(unit))


def last_bytes(file: Path, count: int) -> bytes:
    """At most that many bytes from the end of a file."""
    with file.open("rb") as stream:
        stream.seek(-min(count, stream.seek(0, os.SEEK_END)), os.SEEK_END)
        return stream.read()
