"""`python -m pipeline.embed.explore FOLDER [TARGET]`: the page of a finished run, FOLDER/explore.html by default."""

import sys
from pathlib import Path

from pipeline.embed.explore import write_page
from pipeline.errors import PipelineError

USAGE = "python -m pipeline.embed.explore FOLDER [TARGET.html]"


def main(words: list[str]) -> int:
    """Do what the words say; the exit code, 0 when the page is made, 2 when one line says why not."""
    if not 1 <= len(words) <= 2 or words[0].startswith("-"):
        print(f"error: give the folder of a finished run: {USAGE}", file=sys.stderr)
        return 2
    folder = Path(words[0])
    target = Path(words[1]) if len(words) == 2 else folder / "explore.html"
    try:
        write_page(folder, target)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(f"{target}: {target.stat().st_size / 1e6:.2f} MB; open it in any browser")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
