"""What of a finished video goes into talks, papers and pages: files, clips, snippets, slides, decks.

The public names are imported on first use: `python -m pipeline` checks its config without Matplotlib.
"""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
