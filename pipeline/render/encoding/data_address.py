"""Content that stands in its own address, so that no file has to lie beside what reads it."""

import base64


def data_address(kind: str, content: bytes) -> str:
    """The address of content of a media type (RFC 2397), which browsers and ffmpeg read like a file."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
