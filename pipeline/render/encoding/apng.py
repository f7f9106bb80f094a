"""Comments in animated PNG files, which ffmpeg does not write (PNG specification, 11.3.3.4: iTXt)."""

import struct
import zlib
from pathlib import Path

from pipeline.errors import EncodingError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
TRAILER = b"IEND\xaeB`\x82"
END = len(TRAILER) + 4  # bytes of the last chunk
COMMENT = b"iTXtComment\0\0\0\0\0"  # not packed, no language, no translated key


def add_comment(path: Path, comment: str) -> None:
    """Put a comment, as UTF-8 under the key "Comment", after the last picture of a PNG file.

    Further up it would keep programs from seeing in the first few kilobytes that there is more than one.
    """
    data = path.read_bytes()
    if not (data.startswith(SIGNATURE) and data.endswith(TRAILER)):
        raise EncodingError(f"{path}: the encoder wrote no PNG")
    body = COMMENT + comment.encode()
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    path.write_bytes(data[:-END] + chunk + data[-END:])


def read_comment(path: Path) -> str:
    """That comment, empty where there is none."""
    data = path.read_bytes()
    place = data.rfind(COMMENT)
    if place < 4:
        return ""
    length = struct.unpack_from(">I", data, place - 4)[0] + 4 - len(COMMENT)
    return data[place + len(COMMENT) :][:length].decode("utf-8", "replace")
