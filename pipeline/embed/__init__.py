"""What of a finished video goes into talks, papers and pages: files, clips, snippets, slides, decks.

No more than the names is imported here: `python -m pipeline` checks its config without Matplotlib.
"""
