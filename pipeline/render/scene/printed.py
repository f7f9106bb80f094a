"""What files of pictures say beside the picture: what made it, and nothing that the next time would be different."""

import logging

logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells every glyph that a PDF takes

UNDATED = {".pdf": {"CreationDate": None}, ".svg": {"Date": None}}  # the same picture gives the same bytes
COMMENT_KEYS = {".pdf": "Keywords", ".svg": "Description", ".png": "Comment"}


def metadata(suffix: str, comment: str = "") -> dict[str, str | None]:
    """Matplotlib's metadata for a file of a suffix, one of COMMENT_KEYS; None leaves an entry out."""
    return {**UNDATED.get(suffix, {}), COMMENT_KEYS[suffix]: comment or None}
