"""What scenes are drawn with: the canvas, which draws again only what moves, artists for neurons, text, and themes."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
