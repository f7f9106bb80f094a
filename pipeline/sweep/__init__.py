"""Sweeps: many jobs, each in its own folder, resumed and compared. What is public is named in the stub beside this."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
