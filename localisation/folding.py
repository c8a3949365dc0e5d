"""Text without accents and capitals, for comparing and sorting."""

import unicodedata

#: Letters that decomposition does not reduce to ASCII.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'"))


def fold(text):
    """Return a text without accents and capitals; surrogates and the like are dropped."""
    text = text.translate(APOSTROPHES).encode("utf-8", "ignore").decode()
    parts = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(part for part in parts if not unicodedata.combining(part))
