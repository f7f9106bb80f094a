"""The command's first and last moments. What happens between them is in command.py."""

import sys
import time

STARTED = time.perf_counter()  # before the imports, which the user waits for too
INTERRUPTED = 130


def main() -> None:
    """Run the command; exit 0 when all is made, 1 or 2 when one line says why not, 130 when interrupted."""
    try:
        from pipeline.interrupts import listen

        listen()
        from pipeline.command import command

        sys.exit(command(sys.argv[1:], STARTED))
    except KeyboardInterrupt:
        print("interrupted: earlier results stand as they were", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
