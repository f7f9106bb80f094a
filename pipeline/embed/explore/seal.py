"""A page's last line holds the hash of all before it: it tells a page that nobody changed from any other file."""

import hashlib
import re
from pathlib import Path

from pipeline.errors import InputError
from pipeline.store.atomic import write_text

SEALED = re.compile(rb"(.*)<!-- sealed ([0-9a-f]{64}) -->\n", re.DOTALL)


def sealed(html: str) -> str:
    """A page with its seal."""
    return f"{html}<!-- sealed {_hash(html.encode())} -->\n"


def check_replaceable(target: Path) -> None:
    """Raise InputError where something stands that is not a page as it was made: another's file, or an edited one."""
    try:
        found = SEALED.fullmatch(target.read_bytes())
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{target}: {error.strerror}; give a file in a folder that can be written") from None
    if target.is_symlink() or found is None or _hash(found[1]) != found[2].decode():
        message = "is no page of this command as it was made, and stays; move it away, or give another TARGET.html"
        raise InputError(f"{target}: {message}")


def replace_page(target: Path, html: str) -> None:
    """Write a sealed page to a file, in the place of one as it was made.

    Raises InputError where something else stands there, or it cannot be written.
    """
    check_replaceable(target)
    try:
        write_text(target, html)
    except OSError as error:
        raise InputError(f"{target}: {error.strerror}; give a file in a folder that can be written") from None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
