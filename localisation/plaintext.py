"""Texts for formats that can't hold every character."""

import re

#: What no XML document can hold, and no line of a calendar: control characters but tab and the
#: end of a line, halves of a surrogate pair, and what is no character.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text):
    """A text without what XML, JSON or a calendar can't hold; lines end as in Unix."""
    return UNFIT.sub("", str(text or "").replace("\r\n", "\n").replace("\r", "\n"))
