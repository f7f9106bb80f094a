"""What a user sees and does while a command runs: lines, bars, interrupts."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
