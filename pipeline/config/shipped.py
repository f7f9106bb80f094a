"""Where the shipped configs lie, and what they say."""

from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
# A wheel carries conf/ inside the package; a clone has it beside the package.
CONF = PACKAGE / "conf" if (PACKAGE / "conf").is_dir() else PACKAGE.parent / "conf"


@cache
def shipped_keys(group: str, name: str) -> dict[str, Any]:
    """The keys of a shipped config as its file has them, not to be changed."""
    import yaml  # here: where a command's words are known from before, none is read

    with (CONF / group / f"{name}.yaml").open("rb") as stream:
        read = yaml.load(stream, yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader)
    return read or {}
