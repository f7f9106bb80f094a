"""Scenes: panels of one or several runs in a mosaic, header, captions and key, drawn frame by frame."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
