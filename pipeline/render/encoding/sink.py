"""Frames in, a video file out: a sink over the ffmpeg that comes with imageio-ffmpeg."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from pipeline.config.schema.video import VideoConfig
from pipeline.errors import EncodingError, InputError
from pipeline.render.encoding.arguments import PIXEL_FORMATS, encoder_arguments
from pipeline.render.encoding.chapters import Chapter
from pipeline.render.encoding.check import check_comment, check_video
from pipeline.render.encoding.container import check_container
from pipeline.render.encoding.copies import Copies
from pipeline.render.encoding.encoder_process import EncoderProcess
from pipeline.render.encoding.ffmpeg import bundled_ffmpeg
from pipeline.render.encoding.formats import FORMATS
from pipeline.render.encoding.yuv import Planes


class VideoSink:
    """Encodes frames into `path`; when the block ends, the file stands there whole or not at all.

        with VideoSink(path, settings, comment=json_text) as sink:
            for frame in frames:
                sink.write(frame)

    path: a file, or for the format "frames" a folder that is absent or empty. Give a place of your own and rename
    afterwards: a file already there is replaced, and lost if encoding fails.
    comment: text for the metadata; PNG sequences have no place for it.
    command: the encoder to run, executable first, instead of imageio-ffmpeg's.
    chapters: of the file, where its format has them.
    `frames` counts the frames written.
    Raises InputError for settings or a path that cannot be used, EncodingError where the encoder does not start,
    fails, hangs, got no frame or wrote no whole video. Whatever exception ends the block, the encoder and the partial
    file end with it.
    """

    def __init__(
        self,
        path: str | Path,
        settings: VideoConfig,
        comment: str = "",
        command: list[str] | None = None,
        chapters: Sequence[Chapter] = (),
    ) -> None:
        check_video(settings)
        check_comment(comment)
        self.frames = 0
        self._format = FORMATS[settings.format]
        self._path = Path(os.path.abspath(path))
        self._settings, self._comment, self._command = settings, comment, command
        self._chapters = chapters
        self._shape: tuple[int, ...] | None = None
        self._encoder: EncoderProcess | None = None
        self.convert_into(None)

    def __enter__(self) -> Self:
        prepare(self._path, is_folder=bool(self._format.pattern))
        return self

    def write(self, frame: np.ndarray) -> None:
        """Encode one frame: (height, width, 3 or 4) uint8, C-contiguous; the first one settles 3 or 4 for all.

        A fourth channel is straight alpha, skipped where the format has none. The array may be reused afterwards.
        ValueError for any other array.
        """
        self.take(self.converted(frame))

    def convert_into(self, slots: Iterator[np.ndarray] | None) -> None:
        """From here on put each converted frame into the next of some arrays that come in turn; into one, if None."""
        size = self._settings.width, self._settings.height
        self._ready: Planes | Copies = Planes(*size, slots) if self._format.planar else Copies(slots)

    def converted(self, frame: np.ndarray, changed: np.ndarray | None = None) -> np.ndarray:
        """A frame that `write` would take as the encoder takes it: for `take`; the next one may overwrite it.

        changed: the cells that may differ from the frame converted before, see render/cells.py; all, if not known.
        """
        self._check(frame)
        return self._ready.show(frame, changed)

    def take(self, converted: np.ndarray) -> None:
        """Encode one frame that has been converted."""
        encoder = self._encoder or self._start(channels=converted.shape[-1] if converted.ndim == 3 else 3)
        encoder.feed(converted.data.cast("B"))
        self.frames += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        whole = False
        try:
            if kind is None:
                self._finish()
                whole = True
        finally:
            if self._encoder:
                self._encoder.end()
            if not whole:
                remove(self._path)

    def _check(self, frame: np.ndarray) -> None:
        size = self._settings.height, self._settings.width
        shapes = [self._shape] if self._shape else [(*size, channels) for channels in PIXEL_FORMATS]
        if frame.dtype != np.uint8 or frame.shape not in shapes or not frame.flags.c_contiguous:
            order = "C-contiguous" if frame.flags.c_contiguous else "not C-contiguous"
            expected = " or ".join(map(str, shapes))
            raise ValueError(f"expected a C-contiguous uint8 frame {expected}, got {order} {frame.dtype} {frame.shape}")
        self._shape = frame.shape

    def _start(self, channels: int) -> EncoderProcess:
        command = self._command or [bundled_ffmpeg()]
        arguments = encoder_arguments(
            self._settings, self._path, self._comment, channels, granted_cores(), self._chapters
        )
        self._encoder = EncoderProcess(
            [*command, *arguments], str(self._path), self._settings.timeout, lambda: fingerprint(self._path)
        )
        return self._encoder

    def _finish(self) -> None:
        if self._encoder is None:
            raise EncodingError(f"{self._path}: there is no frame to encode")
        self._encoder.finish()
        check_container(self._path, self._format, self.frames, self._settings.fps)
        if self._comment and self._format.add_comment:
            self._format.add_comment(self._path, self._comment)


def granted_cores() -> int:
    """This process's share of the cores, where it was given one, or those that it may run on.

    Launchers of several processes on a machine tell each its share by OMP_NUM_THREADS, as linear algebra takes it. The
    encoder has a thread for each: half as many again, as x264 would have, take up to a tenth more work for no speed.
    """
    may_run_on = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    share = os.environ.get("OMP_NUM_THREADS", "").partition(",")[0]
    return min(int(share), may_run_on) if share.isdigit() and int(share) else may_run_on


def prepare(path: Path, is_folder: bool) -> None:
    """InputError unless a result can stand at `path`; makes the folder of a sequence."""
    if not path.parent.is_dir():
        raise InputError(f"{path}: the folder {path.parent} does not exist")
    if path.is_dir() and (not is_folder or any(path.iterdir())):
        raise InputError(f"{path}: is a folder{' that is not empty' if is_folder else ''}; give another path")
    if is_folder:
        path.mkdir(exist_ok=True)


def remove(path: Path) -> None:
    """Remove what a failed encoder left; a device such as /dev/full stays."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    elif path.is_file():
        path.unlink()


def fingerprint(path: Path) -> tuple[int, int] | None:
    """Changes while a file grows or is rewritten, and while a folder gets files."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
