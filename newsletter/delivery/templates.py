"""Mail templates: bytes shared by many recipients, with placeholders.

Rendering a mail from Django's templates takes milliseconds; filling in bytes takes
microseconds.
"""

import re

#: Placeholder for each value. Letters and digits pass through headers, HTML and URLs
#: unchanged; such words do not occur in texts.
PLACEHOLDERS = {
    name: f"0qx{name}xq0" for name in ("unsubscribe", "preferences", "id", "date", "recipient")
}
#: Placeholder of the recipient, in the form of a valid address.
RECIPIENT = f"{PLACEHOLDERS['recipient']}@portal.invalid"
SOFT_BREAK = b"=\r\n"
_PLACEHOLDER = re.compile(
    b"0qx(unsubscribe|preferences|id|date|recipient)xq0(?:@portal\\.invalid)?"
)
#: Result of folding a header whose value can't be folded; some mail services reject it.
_EMPTY_LINE = re.compile(b": ?\r\n ")
#: Characters per line of quoted-printable text: at most 76, even with all of them escaped.
_PIECE_LENGTH = 24


def isolate_placeholders(mail):
    """Put each placeholder of a mail's body on a line of its own.

    The lines then stay short when it is filled in by `Template`. `mail` are bytes with CRLF and
    bodies in quoted-printable.
    """
    head, blank, body = mail.partition(b"\r\n\r\n")
    head = _EMPTY_LINE.sub(b": ", head)
    for placeholder in PLACEHOLDERS.values():
        broken = b"(?:=\r\n)?".join(
            re.escape(placeholder[i : i + 1].encode()) for i in range(len(placeholder))
        )
        body = re.sub(broken, SOFT_BREAK + placeholder.encode() + SOFT_BREAK, body)
    return head + blank + body


class Template:
    """Bytes prepared by `isolate_placeholders`, ready to be filled in."""

    def __init__(self, mail):
        head, blank, body = mail.partition(b"\r\n\r\n")
        self._parts, self._slots = [], []
        self._add_parts(head + blank, is_body=False)
        self._add_parts(body, is_body=True)

    def _add_parts(self, text, is_body):
        at = 0
        for found in _PLACEHOLDER.finditer(text):
            self._parts.append(text[at : found.start()])
            self._slots.append((len(self._parts), found[1].decode(), is_body))
            self._parts.append(b"")
            at = found.end()
        self._parts.append(text[at:])

    def fill(self, **values):
        """Return the mail with these ASCII values in place of the placeholders."""
        parts = self._parts.copy()
        for index, name, is_body in self._slots:
            parts[index] = _quote(values[name]) if is_body else values[name].encode("ascii")
        return b"".join(parts)


def _quote(text):
    pieces = (text[at : at + _PIECE_LENGTH] for at in range(0, len(text), _PIECE_LENGTH))
    return SOFT_BREAK.join(piece.replace("=", "=3D").encode("ascii") for piece in pieces)
