"""ffmpeg: which one is used, and its words."""

import re

from pipeline.errors import EncodingError

ENDINGS = "Task finished with error code", "Terminating thread with return code"  # its parts say them one by one
WORDS = 500  # characters of its last words in an error


def bundled_ffmpeg() -> str:
    """The path of imageio-ffmpeg's executable (or of the one that IMAGEIO_FFMPEG_EXE names)."""
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise EncodingError(f"no ffmpeg found: {error}") from None


def in_one_line(said: str) -> str:
    """The last lines of what ffmpeg said as one line: reasons, without the "[part @ address]" before them."""
    text = re.sub(r"\[[^]\n]* @ 0x[0-9a-f]+\] *", "", said)
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip() and not line.startswith(ENDINGS)]
    words = "; ".join(lines[-3:])
    return words if len(words) <= WORDS else f"…{words[-WORDS:]}"
