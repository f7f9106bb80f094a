"""Comments in GIF files, which ffmpeg does not write (GIF89a specification, section 24)."""

from pathlib import Path

from pipeline.errors import EncodingError

HEADER = 13  # bytes: signature, version, logical screen descriptor
COMMENT, END = b"\x21\xfe", b"\x00"
TRAILER = END + b";"  # of the last picture and of the file: inside a picture one in 256 bytes is a semicolon
BLOCK = 255  # bytes a block of data holds at most


def add_comment(path: Path, comment: str) -> None:
    """Put a comment, as UTF-8, before the first picture of a GIF file."""
    data = path.read_bytes()
    if not data.startswith(b"GIF89a"):
        raise EncodingError(f"{path}: the encoder wrote no GIF89a")
    place, text = first_block(data), comment.encode()
    blocks = [text[start : start + BLOCK] for start in range(0, len(text), BLOCK)]
    extension = COMMENT + b"".join(bytes([len(block)]) + block for block in blocks) + END
    path.write_bytes(data[:place] + extension + data[place:])


def first_block(data: bytes) -> int:
    """Where the first block of a GIF begins: after the header and the colours that all its pictures share."""
    flags = data[10]
    return HEADER + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
