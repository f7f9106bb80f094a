"""Comments in animated WebP files, which ffmpeg does not write: as the description in a chunk of XMP."""

import html
import struct
from pathlib import Path

from pipeline.errors import EncodingError

FIRST = 12  # bytes, before the first chunk: of the file's own header
FLAGS, HAS_XMP, HAS_ALPHA = 20, 0x04, 0x10  # place of the flags of the chunk VP8X, where it stands first
PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>{}</dc:description>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def add_comment(path: Path, comment: str) -> None:
    """Put a comment after the last picture of a WebP file, animated or lossless."""
    data = bytearray(path.read_bytes())
    if bytes(data[:4] + data[8:16]) not in (b"RIFFWEBPVP8X", b"RIFFWEBPVP8L"):
        raise EncodingError(f"{path}: the encoder wrote no animated or lossless WebP")
    if data[FIRST:].startswith(b"VP8L"):
        data[FIRST:FIRST] = extended_header(data)
    text = PACKET.format(html.escape(comment, quote=False)).encode()
    data[FLAGS] |= HAS_XMP
    data += b"XMP " + struct.pack("<I", len(text)) + text + b"\0" * (len(text) % 2)
    struct.pack_into("<I", data, 4, len(data) - 8)
    path.write_bytes(data)


def extended_header(data: bytearray) -> bytes:
    """The chunk VP8X for a file of a single lossless picture, whose own header has its size."""
    facts = int.from_bytes(data[FIRST + 9 : FIRST + 13], "little")  # 14 bits each of width − 1 and height − 1, alpha
    sides = b"".join((facts >> shift & 0x3FFF).to_bytes(3, "little") for shift in (0, 14))
    return b"VP8X" + struct.pack("<II", 10, HAS_ALPHA * (facts >> 28 & 1)) + sides
