"""The jobs of a sweep: what is to do, who does it, what became of it."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
