"""Films: runs in the user's units, the limits of a clip, its time axis, its words."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
