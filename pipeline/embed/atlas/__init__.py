"""The atlas: one page of claims, each with its clip, its number against the predicted one, and its verdict."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
