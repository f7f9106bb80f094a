from .exploring import Page as Page, explore as explore
from .filming import film as film
from .movie import Movie as Movie
from .stills import still as still
