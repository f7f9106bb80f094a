"""`python -m pipeline.embed.lab`."""

from pipeline.__main__ import main

if __name__ == "__main__":
    main("pipeline.embed.lab.command")
