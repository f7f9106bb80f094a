"""Where the shipped configs lie."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# A wheel carries conf/ inside the package; a clone has it beside the package.
CONF = PACKAGE / "conf" if (PACKAGE / "conf").is_dir() else PACKAGE.parent / "conf"
