"""`python -m pipeline.embed.explore`."""

from pipeline.__main__ import main

if __name__ == "__main__":
    main("pipeline.embed.explore.command")
