"""How the inner loops are compiled: strict floating point, on one thread, cached on disk.

What is compiled is kept in __pycache__, or where that cannot be written in the user's cache directory
(NUMBA_CACHE_DIR overrides both); where no directory can be written, every process compiles anew.
"""

import hashlib
import logging
import os
import shutil
import time
from pathlib import Path

from numba import config, njit
from numba.core import event

log = logging.getLogger(__name__)

STALE = 86_400  # seconds after which a folder of compiled code that is not this version's is deleted

# No fastmath and no threads: the same input gives the same bits. Divisions give inf or NaN as NumPy's do,
# because the loops look for non-finite states themselves.
# Nor does compiled code make arrays, so that it need not count references to them: for calls that hand on a whole flow,
# some dozens of arrays, counting takes as long as everything else in the step of a small network.
STRICT = {"error_model": "numpy", "nogil": True, "_nrt": False}

# For a function that only compiled ones call: it becomes part of theirs, and has no way in from Python.
inner = njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **STRICT)

# The same, and copied into its callers: for what they do in every stage, where a call costs as much as the work.
woven = njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, forceinline=True, **STRICT)


def hash_of_sources() -> str:
    """What all compiled code depends on: the text of every module that compiles."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        text = path.read_bytes()
        if b"pipeline.compiled" in text:
            digest.update(text)
    return digest.hexdigest()[:16]


def cache_folder() -> Path | None:
    """Where to keep compiled code, a folder for every version of the sources; None if nothing can be written.

    Numba looks only at the file that a function is in, but what the function calls is compiled into it too.
    """
    own = Path(__file__).parent / "__pycache__"
    user = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "relu-spline-videos"
    for root in [Path(config.CACHE_DIR)] if config.CACHE_DIR else [own, user]:
        folder = root / f"compiled-{hash_of_sources()}"
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True)
                remove_stale(root)
        except FileExistsError:
            pass  # another process has just made it
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


def remove_stale(root: Path) -> None:
    """Delete what other versions of the sources compiled and no process can still be writing."""
    for folder in root.glob("compiled-" + "?" * 16):
        try:
            if time.time() - folder.stat().st_mtime > STALE:
                shutil.rmtree(folder)
        except OSError:
            continue  # another process has removed it, or it is not ours


FOLDER = cache_folder()


def compiled(function):
    """Compile a function that is called from Python, when it first is, and cache the result on disk."""
    if FOLDER is None:
        return njit(**STRICT)(function)
    usual, config.CACHE_DIR = config.CACHE_DIR, str(FOLDER)
    try:
        return njit(cache=True, **STRICT)(function)
    finally:
        config.CACHE_DIR = usual


class FirstCompilation(event.Listener):
    """Says once that loops are being compiled, if they are: what comes from the disk's cache starts no event."""

    def on_start(self, started):
        function = getattr(started.data.get("dispatcher"), "py_func", None)
        if getattr(function, "__module__", "").startswith(f"{__package__}."):
            event.unregister("numba:compile", self)
            log.info("compiling inner loops, once: up to a minute")

    def on_end(self, ended):
        pass


event.register("numba:compile", FirstCompilation())
