"""Panels: what a scene's mosaic is made of, a file with a class for each, and the table that names them."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
