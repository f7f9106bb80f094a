"""Names of folders, as a user would write them."""

import hashlib
import re

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
