"""The command line and the folders it names, as a user would write them."""

import shlex
import sys
from pathlib import Path


def short_path(folder: Path) -> Path:
    """The folder as seen from where the user stands, if it lies below."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def command_line() -> str:
    """The command line as one would type it."""
    return shlex.join(["python", "-m", "pipeline", *sys.argv[1:]])
