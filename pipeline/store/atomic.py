"""The one way to write a file so that no reader, other process or kill meets half of it."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Put a text, as UTF-8, in a file's place at once. Raises OSError; what stood there then stands untouched."""
    with put_in_place(path) as aside:
        aside.write_text(text, encoding="utf-8")


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """A hidden path beside `path`: what the block makes there, a file or a folder, takes its place when the block ends.

    Where it does not end well nothing of it is left, and what stood at `path` stands untouched.
    """
    aside = path.with_name(f".{path.stem}-{uuid.uuid4().hex[:8]}{path.suffix}")
    try:
        yield aside
        os.replace(aside, path)
    finally:
        if aside.is_dir():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.unlink(missing_ok=True)
