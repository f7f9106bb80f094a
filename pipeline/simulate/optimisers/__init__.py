"""How a network learns: optimisers, each a row of a table that plugins add to."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
