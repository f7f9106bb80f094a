from .assemble import page as page, write_page as write_page
