"""From a network and data to a trajectory: gradient flow, and the descents that it idealises."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
