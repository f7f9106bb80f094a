"""`python -m pipeline.sweep`."""

from pipeline.__main__ import main

if __name__ == "__main__":
    main("pipeline.sweep.command")
