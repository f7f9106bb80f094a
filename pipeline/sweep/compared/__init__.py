"""What compares finished runs: a montage, small multiples, plots, a table of numbers."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
