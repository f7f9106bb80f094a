"""From runs to splines, and every quantity that the papers speak of, by name; theory's predictions beside them."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
