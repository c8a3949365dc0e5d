"""Mail templates: bytes shared by many recipients, with placeholders.

Rendering a mail from Django's templates takes milliseconds; filling in bytes takes
microseconds.
"""

import re

#: Placeholder for each value. Letters and digits pass through headers, HTML and URLs
#: unchanged; such words do not occur in texts.
PLACES = {
    name: f"0qx{name}xq0" for name in ("unsubscribe", "preferences", "id", "date", "recipient")
}
#: Placeholder of the recipient, in the form of a valid address.
RECIPIENT = f"{PLACES['recipient']}@portal.invalid"
SOFT_BREAK = b"=\r\n"
_ANY_PLACE = re.compile(
    b"0qx(unsubscribe|preferences|id|date|recipient)xq0(?:@portal\\.invalid)?"
)
#: Result of folding a header whose value can't be folded; some mail services reject it.
_EMPTY_LINE = re.compile(b": ?\r\n ")
#: Characters per line of quoted-printable text: at most 76, even with all of them escaped.
_PIECE = 24


def with_places(mail):
    """Put each placeholder of a mail's body on a line of its own.

    The lines then stay short when it is filled in by `Template`. `mail` are bytes with CRLF and
    bodies in quoted-printable.
    """
    head, blank, body = mail.partition(b"\r\n\r\n")
    head = _EMPTY_LINE.sub(b": ", head)
    for place in PLACES.values():
        broken = b"(?:=\r\n)?".join(
            re.escape(place[i : i + 1].encode()) for i in range(len(place))
        )
        body = re.sub(broken, SOFT_BREAK + place.encode() + SOFT_BREAK, body)
    return head + blank + body


class Template:
    """Bytes prepared by `with_places`, ready to be filled in."""

    def __init__(self, mail):
        head, blank, body = mail.partition(b"\r\n\r\n")
        self._parts, self._wanted = [], []
        self._take(head + blank, is_body=False)
        self._take(body, is_body=True)

    def _take(self, text, is_body):
        at = 0
        for found in _ANY_PLACE.finditer(text):
            self._parts.append(text[at : found.start()])
            self._wanted.append((len(self._parts), found[1].decode(), is_body))
            self._parts.append(b"")
            at = found.end()
        self._parts.append(text[at:])

    def filled(self, **values):
        """Return the mail with these ASCII values in place of the placeholders."""
        parts = self._parts.copy()
        for index, name, is_body in self._wanted:
            parts[index] = _quoted(values[name]) if is_body else values[name].encode("ascii")
        return b"".join(parts)


def _quoted(text):
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return SOFT_BREAK.join(piece.replace("=", "=3D").encode("ascii") for piece in pieces)
