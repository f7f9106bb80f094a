"""The command: words of a command line become one Config, and make() makes the video."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
