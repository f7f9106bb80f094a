"""Names of folders and of the command, as a user would write them."""

import hashlib
import re
import shlex
import sys
from pathlib import Path

LONGEST = 100


def safe_name(overrides: str, whole: str | None = None, always: bool = False) -> str:
    """A short folder name for an override string: no slash, comma, bracket or space, unique, at most 100 long.

    `init.scale=0.1,video=draft` becomes `init.scale=0.1+video=draft`. Where something had to be replaced or cut, or
    `always`, a hash of the whole (of `overrides` by default) keeps the name unique.
    """
    name = re.sub(r"[^\w.=+\-]", "_", overrides.replace(",", "+"), flags=re.ASCII).strip(".") or "default"
    if name.replace("+", ",") == overrides and len(name) <= LONGEST and not always:
        return name
    digest = hashlib.sha256((whole or overrides).encode()).hexdigest()[:8]
    return f"{name[: LONGEST - 9]}-{digest}"


def short_path(folder: Path) -> Path:
    """The folder as seen from where the user stands, if it lies below."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def command_line() -> str:
    """The command line as one would type it."""
    return shlex.join(["python", "-m", "pipeline", *sys.argv[1:]])
