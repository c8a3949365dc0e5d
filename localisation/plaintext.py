"""Text cleaning for formats with a limited character set."""

import re

#: Characters not allowed in XML documents or calendar lines: control characters other than tab
#: and newline, lone surrogates and noncharacters.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text):
    """Return text without characters that XML or calendars forbid, and with Unix newlines."""
    return UNFIT.sub("", str(text or "").replace("\r\n", "\n").replace("\r", "\n"))
