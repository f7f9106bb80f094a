"""Videos of one encoder put end to end: every packet is copied as it is, and nothing is encoded again."""

import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import EncodingError
from pipeline.render.encoding.arguments import QUIET, REPRODUCIBLE
from pipeline.render.encoding.chapters import Chapter, chapter_arguments
from pipeline.render.encoding.check import check_comment
from pipeline.render.encoding.container import COUNT, READ, check_container
from pipeline.render.encoding.data_address import data_address
from pipeline.render.encoding.encoder_process import EncoderProcess
from pipeline.render.encoding.ffmpeg import bundled_ffmpeg
from pipeline.render.encoding.formats import FORMATS
from pipeline.render.encoding.mp4 import decoder_parameters
from pipeline.render.encoding.sink import fingerprint, prepare, remove

# Packets as they are: by itself ffmpeg would write the decoder's parameters anew into every keyframe.
LISTED = "-f concat -safe 0 -auto_convert 0 -protocol_whitelist file,data -i"


class Part(NamedTuple):
    """An MP4 file and its number of frames."""

    video: Path
    frames: int


def join(
    parts: Sequence[Part], target: Path, chapters: Sequence[Chapter], fps: int, comment: str, timeout: float
) -> None:
    """Put MP4 files of H.264 end to end in `target`, without sound, with chapters and a comment.

    fps: frames/s of all of them; timeout: s without progress after which it is given up. Raises EncodingError for parts
    that a decoder must be told different things of, and where `target` would not play all frames at a constant rate;
    then it is not there.
    """
    check_comment(comment)
    check_parameters([part.video for part in parts])
    prepare(target, is_folder=False)
    listed = "ffconcat version 1.0\n" + "".join(_listed(part, fps) for part in parts)
    arguments = [
        *QUIET.split(),
        *[*LISTED.split(), data_address("text/plain", listed.encode())],
        *chapter_arguments(chapters, fps),
        *["-c", "copy", *REPRODUCIBLE.split(), "-movflags", "+faststart"],
        *["-metadata", f"comment={comment}", "-f", "mp4", f"file:{target}"],
    ]
    frames = sum(part.frames for part in parts)
    try:
        _run(arguments, target, timeout)
        check_container(target, FORMATS["mp4"], frames, fps)
        _check_steady(target, frames)
    except BaseException:
        remove(target)
        raise


def check_parameters(videos: Sequence[Path]) -> None:
    """Raise EncodingError for the first video that a decoder must be told something else of than of the first."""
    wanted = _told(videos[0])
    for video in videos[1:]:
        if _told(video) != wanted:
            remedy = "make it again with force=true"
            raise EncodingError(f"{video}: was encoded otherwise, or by another ffmpeg, than {videos[0]}; {remedy}")


def _told(video: Path) -> bytes:
    try:
        return decoder_parameters(video)
    except ValueError:
        raise EncodingError(f"{video}: is no MP4 of H.264") from None


def _run(arguments: list[str], target: Path, timeout: float) -> None:
    process = EncoderProcess([bundled_ffmpeg(), *arguments], str(target), timeout, lambda: fingerprint(target))
    try:
        process.finish()
    finally:
        process.end()


def _listed(part: Part, fps: int) -> str:
    """A line of a list of files, with what quotes are there; a file's own length would count that of its chapters."""
    quoted = str(part.video.absolute()).replace("'", r"'\''")
    return f"file 'file:{quoted}'\nduration {part.frames / fps:.6f}\n"


def _check_steady(target: Path, frames: int) -> None:
    """Raise EncodingError unless one frame follows the other at a constant rate, from 0 on."""
    command = [bundled_ffmpeg(), *READ, "-i", f"file:{target}", *COUNT]
    packets = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True).stdout.decode()
    rows = [[int(word) for word in line.split(",")[1:4]] for line in packets.splitlines() if not line.startswith("#")]
    length = rows[0][2]
    even = all(later[0] - earlier[0] == length for earlier, later in pairwise(rows))
    if not even or sorted(shown for _, shown, _ in rows) != list(range(0, frames * length, length)):
        raise EncodingError(f"{target}: its frames do not follow each other evenly; make its clips again, force=true")
