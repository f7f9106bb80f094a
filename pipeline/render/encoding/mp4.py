"""The boxes that an MP4 file is made of (ISO/IEC 14496-12): its frames, all there, and what their decoder is told.

ffmpeg counts frames too, but only to start it takes a hundredth of a second.
"""

import os
import struct
from pathlib import Path
from typing import BinaryIO

Place = tuple[int, int]  # of a box's content: first byte, and the one behind the last

TABLES = b"moov", b"trak", b"mdia", b"minf", b"stbl"  # the way to what is told of the first track's frames
SIZES, DATA = b"stsz", b"mdat"
ENTRIES, ENTRY, PARAMETERS = b"stsd", b"avc1", b"avcC"  # the last of ISO/IEC 14496-15, in an entry for H.264
OF_ENTRIES, OF_ENTRY = 8, 78  # bytes of their own, before the boxes in them


def count_frames(path: Path) -> int:
    """Frames of the first track of a file, all there. Raises ValueError, with the reason, for one that is not whole."""
    with path.open("rb") as file:
        count, needed = _sizes(file)
        first, end = _inner(file, _whole(file), DATA)
    if needed > end - first:
        raise ValueError(f"{end - first} bytes of frames instead of {needed}")
    return count


def decoder_parameters(path: Path) -> bytes:
    """What a decoder is told before all frames. Raises ValueError for a file that is no MP4 of H.264."""
    with path.open("rb") as file:
        start, stop = _inner(file, _tables(file), ENTRIES)
        start, stop = _inner(file, (start + OF_ENTRIES, stop), ENTRY)
        start, stop = _inner(file, (start + OF_ENTRY, stop), PARAMETERS)
        file.seek(start)
        return file.read(stop - start)


def _sizes(file: BinaryIO) -> tuple[int, int]:
    """How many frames there are, and how many bytes they have together."""
    start, stop = _inner(file, _tables(file), SIZES)
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


def _whole(file: BinaryIO) -> Place:
    return 0, os.fstat(file.fileno()).st_size


def _tables(file: BinaryIO) -> Place:
    """The box with all that is told of the first track's frames."""
    place = _whole(file)
    for kind in TABLES:
        place = _inner(file, place, kind)
    return place


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
