"""A reel: finished clips in one film, with a card before each. Clips are copied, only cards and fades are encoded."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
