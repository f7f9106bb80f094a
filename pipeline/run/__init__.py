"""One run, or several side by side: its stages, what is up to date, what is to do."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
