"""The command's first and last moments. What happens between them is in command.py."""

import gc
import sys
import time
from importlib import import_module

STARTED = time.perf_counter()  # before the imports, which the user waits for too
INTERRUPTED = 130


def main(module: str = "pipeline.command") -> None:
    """Run a module's command; exit 0 when all is made, 1 or 2 when one line says why not, 130 when interrupted."""
    from pipeline.console import interrupts

    gc.set_threshold(50_000)  # at every 700 new objects, the default, looking for cycles takes a tenth of the start

    try:
        interrupts.listen()
        code = import_module(module).command(sys.argv[1:], STARTED)
    except BaseException:
        if not interrupts.received:
            raise
        code = INTERRUPTED
    if code and interrupts.received:
        print("interrupted: earlier results stand as they were", file=sys.stderr)
        code = INTERRUPTED
    gc.freeze()  # the end of the process frees all memory; to look for cycles in it first takes half a second
    sys.exit(code)


if __name__ == "__main__":
    main()
