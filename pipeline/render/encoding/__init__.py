"""Frames become files: the formats, the encoder, single pictures, and whether what was written is whole."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
