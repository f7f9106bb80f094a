"""How the inner loops are compiled: strict floating point, on one thread, cached on disk.

What is compiled is kept in __pycache__, or where that cannot be written in the user's cache directory
(NUMBA_CACHE_DIR overrides both); where no directory can be written, every process compiles anew. Nothing is looked for
or written before a function is first called. Of processes that need it at once one compiles, and the others wait.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import config as numba_config, njit as numba_njit, types as numba_types
from numba.core import event
from numba.core.caching import FunctionCache, NullCache
from numba.core.compiler_lock import global_compiler_lock
from platformdirs import user_cache_path

from pipeline.store.sources import reached

Loop = TypeVar("Loop", bound=Callable[..., Any])
config, njit, types = cast(Any, numba_config), cast(Any, numba_njit), cast(Any, numba_types)  # not typed in full

try:
    import fcntl
except ImportError:  # Windows: there each process compiles
    fcntl = None  # type: ignore[assignment]  # which is looked at before each use

UNUSED = 30 * 86_400  # seconds after which a folder of compiled code that no process has used is deleted

# No fastmath and no threads: the same input gives the same bits. Divisions give inf or NaN as NumPy's do,
# because the loops look for non-finite states themselves.
# Nor does compiled code make arrays, so that it need not count references to them: for calls that hand on a whole flow,
# some dozens of arrays, counting takes as long as everything else in the step of a small network.
STRICT = {"error_model": "numpy", "nogil": True, "_nrt": False}

OUTER: dict[str, Any] = {"no_cfunc_wrapper": True, **STRICT}
INNER: dict[str, Any] = {"no_cpython_wrapper": True, **OUTER}
try:
    from pipeline.linking import CompilerOfParts, CompilerOfWholes
except ImportError:  # a Numba that keeps its code in another way, which is slower and gives the same bits
    pass
else:
    OUTER, INNER = {"pipeline_class": CompilerOfWholes, **OUTER}, {"pipeline_class": CompilerOfParts, **INNER}


def inner(function: Loop) -> Loop:
    """For a function that only compiled ones call: it becomes part of theirs, and has no way in from Python."""
    return cast(Loop, of_any_integer(njit(**INNER)(function)))


def woven(function: Loop) -> Loop:
    """The same, copied into its callers: for what they do in every stage, where a call costs as much as the work."""
    return cast(Loop, of_any_integer(njit(forceinline=True, **INNER)(function)))


def of_any_integer(dispatcher: Any) -> Any:
    """Compile a function once for all kinds of integers, and constants, that others call it with."""
    if hasattr(dispatcher, "get_call_template"):  # with NUMBA_DISABLE_JIT it is the function
        template = dispatcher.get_call_template
        dispatcher.get_call_template = lambda args, keywords: template([*map(widened, args)], keywords)
    return dispatcher


def widened(kind: Any) -> Any:
    """The type to which an argument of a type is converted: a constant's own type, the longest of integers."""
    return types.int64 if isinstance(kind, types.Integer) else types.unliteral(kind)


def compiled(function: Loop) -> Loop:
    """Compile a function that is called from Python, when it first is, and cache the result on disk."""
    dispatcher = njit(**OUTER)(function)
    # Numba's own `cache=True` makes folders as soon as a module is imported, and this is the only place to put it off.
    dispatcher._cache = CacheOnDemand(dispatcher)
    if hasattr(dispatcher, "compile"):  # with NUMBA_DISABLE_JIT it is the function
        dispatcher.compile = alone(dispatcher)
    return cast(Loop, dispatcher)


def alone(dispatcher: Any) -> Callable[[Any], Any]:
    """A function's `compile`, which waits while another process compiles it, and then finds it on disk.

    That it is waited for is told as if it were compiled here.
    """
    compile_, function = dispatcher.compile, dispatcher.py_func

    def compile_alone(signature: Any) -> Any:
        folder = cache_folder(hash_of_sources(function.__module__)) if fcntl else None
        if folder is None:
            return compile_(signature)
        with global_compiler_lock, ExitStack() as held:
            try:
                lock = held.enter_context(open(folder / f"{function.__module__}.{function.__qualname__}.lock", "wb"))
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                with event.trigger_event("numba:compile", data={"dispatcher": dispatcher}):
                    fcntl.flock(lock, fcntl.LOCK_EX)
            except OSError:
                pass  # a file system without locks, a full disk, another user's lock: who needs the loop compiles it
            return compile_(signature)

    return compile_alone


def is_kept(function: Callable[..., Any]) -> bool:
    """Whether there is code of a `compiled` function: on disk, of this version of the sources, or in this process."""
    if not getattr(function, "signatures", True):  # with NUMBA_DISABLE_JIT it needs none
        plain = cast(Any, function).py_func
        folder = cache_folder(hash_of_sources(plain.__module__))
        name = f"{plain.__module__.rpartition('.')[2]}.{plain.__qualname__}-*.nbi"
        return folder is not None and any(folder.glob(f"*/{name}"))
    return True


class CacheOnDemand(NullCache):
    """In place of a function's cache on disk until it is first asked for what it holds."""

    def __init__(self, dispatcher: Any):
        self._dispatcher = dispatcher

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """What the cache on disk holds, which from now on is asked itself."""
        self._dispatcher._cache = cache_on_disk(self._dispatcher.py_func)
        return self._dispatcher._cache.load_overload(sig, target_context)


def cache_on_disk(function: Callable[..., Any]) -> Any:
    """What keeps the code of a function of this package; it keeps none where nothing can be written, nor of others'."""
    folder = cache_folder(hash_of_sources(function.__module__))
    if folder is None:
        return NullCache()
    usual, config.CACHE_DIR = config.CACHE_DIR, str(folder)
    try:
        return CacheOnDisk(function)  # type: ignore[no-untyped-call]  # Numba's
    finally:
        config.CACHE_DIR = usual


class CacheOnDisk(FunctionCache):
    """A function's cache on disk, from which functions come without what only compiling needs.

    Numba would first import all that it can compile, and half of SciPy, which takes a third of a second, and make ready
    what counts references, of which these functions have none. What compiles afterwards imports that itself.
    """

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """What is kept of a function for a signature; None where that is nothing."""
        found = super().load_overload(sig, Unprepared(target_context))  # type: ignore[no-untyped-call]  # Numba's
        return found and found._replace(target_context=target_context)


class Unprepared:
    """A context of Numba's as it is, whoever would first have it made ready to compile."""

    def __init__(self, context: Any):
        self._context = context

    def refresh(self) -> None:
        """Nothing is imported."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


@cache
def hash_of_sources(module: str) -> str | None:
    """The version of what the compiled functions of a module depend on; None for a module that is not of this package.

    Numba looks only at the file that a function is in, but what the function calls is compiled into it too.
    """
    if module.partition(".")[0] != __package__:
        return None
    digest = hashlib.sha256()
    for path in compiled_sources(module):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def compiled_sources(module: str) -> list[Path]:
    """The files that a module reaches by imports: what its functions call, and the constants and tuples in them."""
    own = {Path(__file__), *(Path(__file__).with_name(f"{name}.py") for name in ("linking", "front_end"))}
    ground = set(reached("pipeline.compiled")) - own
    return [path for path in reached(module) if path not in ground and path.name != "__init__.py"]


def cache_folder(version: str | None) -> Path | None:
    """Where to keep what is compiled of a version of the sources; None if nothing can be written, or without one."""
    if version is None:
        return None
    beside = Path(__file__).parent / "__pycache__"
    for root in [Path(config.CACHE_DIR)] if config.CACHE_DIR else [beside, user_cache_path("relu-spline-videos")]:
        folder = root / f"compiled-{version}"
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True, exist_ok=True)
                remove_unused(root)
            os.utime(folder)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None


def remove_unused(root: Path) -> None:
    """Delete what no process has used for long: other versions of the sources compiled it."""
    for folder in root.glob("compiled-" + "?" * 16):
        try:
            if time.time() - folder.stat().st_mtime > UNUSED:
                shutil.rmtree(folder)
        except OSError:
            continue  # another process has removed it, or it is not ours


@contextmanager
def compiling_told_to(tell: Callable[[bool], None]) -> Iterator[None]:
    """Within the block, `tell` hears True when loops begin to be compiled, and False when that has ended.

    What comes from the cache on disk is not compiled.
    """
    with event.install_listener("numba:compile", Compilations(tell)):
        yield


class Compilations(event.Listener):
    """Hears of every function that is compiled, each within those that call it, and tells of the outermost."""

    def __init__(self, tell: Callable[[bool], None]):
        self._tell, self._depth = tell, 0

    def on_start(self, event: Any) -> None:
        """A function begins to be compiled."""
        self._depth += 1
        if self._depth == 1:
            self._tell(True)

    def on_end(self, event: Any) -> None:
        """A function is compiled."""
        self._depth -= 1
        if self._depth == 0:
            self._tell(False)
