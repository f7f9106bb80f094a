"""The boxes that an MP4 file is made of (ISO/IEC 14496-12): whether it is whole, and how many frames it has.

ffmpeg would say so too, but takes longer to start than a short clip's frames to write.
"""

import os
import struct
from pathlib import Path
from typing import BinaryIO

Place = tuple[int, int]  # of a box's content: first byte, and the one behind the last

SIZES = b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsz"  # the way to the sizes of the first track's frames
DATA = b"mdat"


def count_frames(path: Path) -> int:
    """Frames of the first track of a file, all there. Raises ValueError, with the reason, for one that is not whole."""
    with path.open("rb") as file:
        whole = 0, os.fstat(file.fileno()).st_size
        count, needed = _sizes(file, whole)
        first, end = _inner(file, whole, DATA)
    if needed > end - first:
        raise ValueError(f"{end - first} bytes of frames instead of {needed}")
    return count


def _sizes(file: BinaryIO, place: Place) -> tuple[int, int]:
    """How many frames there are, and how many bytes they have together."""
    for kind in SIZES:
        place = _inner(file, place, kind)
    start, stop = place
    file.seek(start)
    length = (stop - start) // 4
    words = struct.unpack(f">{length}I", file.read(4 * length))
    if length < 3:
        raise ValueError("no sizes of frames")
    _, each, count = words[:3]
    if each:  # the size of all, which are not listed then
        return count, each * count
    if length != 3 + count:
        raise ValueError(f"sizes of {length - 3} frames instead of {count}")
    return count, sum(words[3:])


def _inner(file: BinaryIO, outer: Place, kind: bytes) -> Place:
    """The first box of a kind in an outer one, which boxes must fill."""
    found = None
    start, stop = outer
    while start < stop:
        file.seek(start)
        head = file.read(16)
        size, length = int.from_bytes(head[:4], "big"), 8
        if size == 1:  # more than four bytes can say
            size, length = int.from_bytes(head[8:], "big"), 16
        if not length <= size <= stop - start:
            raise ValueError(f"a part of {size} bytes where {stop - start} are left")
        if head[4:8] == kind and found is None:
            found = start + length, start + size
        start += size
    if found is None:
        raise ValueError(f"no {kind.decode()}")
    return found
