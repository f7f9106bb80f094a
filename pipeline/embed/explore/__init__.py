"""The interactive page: a run as one file that plays, scrubs and tells of every neuron, with nothing to load.

The sources of the page lie in page/: plain JavaScript, CSS and HTML, which assemble.py puts together.
"""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
