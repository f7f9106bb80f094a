"""`python -m pipeline.embed`."""

from pipeline.__main__ import main

if __name__ == "__main__":
    main("pipeline.embed.command")
