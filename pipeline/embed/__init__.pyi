from .check import check_embed as check_embed
from .deck import Deck as Deck
from .provenance import read_provenance as read_provenance, reproduce as reproduce
from .snippets import SNIPPETS as SNIPPETS, Snippet as Snippet
from .talk import make_talk as make_talk
from .templating import LANGUAGES as LANGUAGES
