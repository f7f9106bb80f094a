"""The one way to write a file so that no reader, other process or kill meets half of it."""

import os
import uuid
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Put a text, as UTF-8, in a file's place at once. Raises OSError; what stood there then stands untouched."""
    aside = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
    try:
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
