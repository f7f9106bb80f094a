"""Single frames as PNG files."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from pipeline.errors import EncodingError

LEVEL = 3  # of zlib: two thirds of the time that 6, its default, takes, for a seventh more bytes


def write_png(path: str | Path, frame: np.ndarray, comment: str = "", alpha: bool = False) -> None:
    """Write a frame (height, width, 3 or 4) uint8 as 8-bit RGB; alpha: as RGBA, a fourth channel not skipped.

    comment: any text, kept under the key "Comment". The same arguments give the same bytes.
    Raises EncodingError, and leaves no file, where it cannot be written.
    """
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    text = PngInfo()
    if comment:
        text.add_itxt("Comment", comment)
    height, width, channels = frame.shape
    mode = "RGBA" if alpha else "RGB"
    stored = mode if channels == len(mode) else "RGBX"  # whose fourth channel Pillow skips faster than NumPy does
    image = Image.frombytes(mode, (width, height), np.ascontiguousarray(frame).data.cast("B"), "raw", stored)
    try:
        with open(path, "wb") as file:
            image.save(file, format="PNG", pnginfo=text, compress_level=LEVEL)
    except OSError as error:
        if Path(path).is_file():
            Path(path).unlink()
        raise EncodingError(f"{path}: {error.strerror or error}") from None


@contextmanager
def stills(folder: Path, comment: str, alpha: bool = False) -> Iterator[Callable[[str, np.ndarray], None]]:
    """What writes a frame into the folder under a name while others are drawn: packing takes a twentieth of a second.

    All are written when the block ends. Raises EncodingError then where one was not.
    """
    with ThreadPoolExecutor(3) as pool:
        written: list[Future[None]] = []

        def keep(name: str, frame: np.ndarray) -> None:
            written.append(pool.submit(write_png, folder / name, frame.copy(), comment, alpha))

        yield keep
    for each in written:
        each.result()
