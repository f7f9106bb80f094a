from .cards import cards_page as cards_page
