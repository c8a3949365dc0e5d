"""Conversation with the mail server, and the meaning of its replies."""

import re
import time
from dataclasses import dataclass
from enum import Enum
from smtplib import SMTPException, SMTPResponseException

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.utils.translation import gettext as _

#: Mails per connection: relays dislike both endless and very short ones.
MAILS_PER_CONNECTION = 100
#: Reply of a server that is closing the connection, which does not concern the mail.
CLOSING = 421
ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


class Result(Enum):
    SENT = "sent"
    #: Temporary failure, to be retried.
    DEFERRED = "deferred"
    #: The address was rejected.
    BOUNCED = "bounced"
    #: The mail was rejected; the address may be valid.
    REFUSED = "refused"
    #: The connection broke before the mail was complete.
    BROKEN = "broken"
    #: The connection broke after the last line; the server may have accepted the mail.
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Outcome:
    result: Result
    code: int | None = None
    answer: str = ""

    @property
    def enhanced(self):
        """Enhanced status code (RFC 3463) of the answer, or an empty string."""
        found = ENHANCED.search(self.answer)
        return found[1] if found else ""


class Outage(Exception):  # noqa: N818 - the mail server's fault, not the program's
    """Mail server failure that affects every recipient; the text gives the reason."""


class _ConnectionClosing(Exception):  # noqa: N818 - as above
    """Unusable connection; the mail has not been accepted."""


def transport():
    """Return the transport for the configured e-mail backend."""
    backend = get_connection()
    return (
        SmtpTransport(backend)
        if isinstance(backend, SmtpBackend)
        else BackendTransport(backend)
    )


class SmtpTransport:
    """SMTP connection that stays open from one mail to the next."""

    def __init__(self, backend):
        self.backend = backend
        self.mails = 0

    def send(self, sender, recipient, mail):
        """Send the bytes of a mail and return an Outcome. Raises Outage."""
        if self.mails >= MAILS_PER_CONNECTION:
            self.close()
        was_open = self.mails > 0
        try:
            return self._transmit(sender, recipient, mail)
        except _ConnectionClosing as closing:
            # Servers may close between two mails: no failure if a new connection works.
            self.close()
            if not was_open:
                return Outcome(Result.BROKEN, answer=str(closing))
        try:
            return self._transmit(sender, recipient, mail)
        except _ConnectionClosing as closing:
            self.close()
            return Outcome(Result.BROKEN, answer=str(closing))

    def close(self):
        if self.backend.connection is not None:
            self.backend.close()
        self.mails = 0

    def _open(self):
        if self.backend.connection is None:
            try:
                self.backend.open()
                self.backend.connection.ehlo_or_helo_if_needed()
            except SMTPResponseException as error:
                raise Outage(_refusal(error.smtp_code, _text(error.smtp_error))) from error
            except (SMTPException, OSError) as error:
                text = _("Could not connect to the mail server: %(error)s")
                raise Outage(text % {"error": error}) from error
        return self.backend.connection

    def _transmit(self, sender, recipient, mail):
        smtp = self._open()
        try:
            if refused := self._envelope(smtp, sender, recipient):
                return refused
        except (SMTPException, OSError) as error:
            raise _ConnectionClosing(_text(error)) from error
        self.mails += 1
        return self._content(smtp, mail)

    def _envelope(self, smtp, sender, recipient):
        """Send MAIL, RCPT and DATA; return an Outcome if the server rejects one."""
        # Without smtplib's own methods, which parse each address again.
        code, answer = smtp.docmd(f"MAIL FROM:<{sender}>")
        if code >= 500:
            raise Outage(_refusal(code, _text(answer)))
        if code < 400:
            code, answer = smtp.docmd(f"RCPT TO:<{recipient}>")
            refusal = Result.BOUNCED
        if code < 400:
            code, answer = smtp.docmd("DATA")
            refusal = Result.REFUSED
            if code == 354:
                return None
        if code == CLOSING:
            raise _ConnectionClosing(_text(answer))
        smtp.rset()
        result = refusal if code >= 500 else Result.DEFERRED
        return Outcome(result, code, _text(answer))

    def _content(self, smtp, mail):
        """Send the mail; after its last line only the server knows the result."""
        try:
            end = b".\r\n" if mail.endswith(b"\r\n") else b"\r\n.\r\n"
            smtp.send(mail.replace(b"\r\n.", b"\r\n..") + end)
            code, answer = smtp.getreply()
        except (SMTPException, OSError) as error:
            self.close()
            return Outcome(Result.AMBIGUOUS, answer=_text(error))
        if code == CLOSING:
            raise _ConnectionClosing(_text(answer))
        if code >= 500:
            return Outcome(Result.REFUSED, code, _text(answer))
        return Outcome(Result.DEFERRED if code >= 400 else Result.SENT, code, _text(answer))


class BackendTransport:
    """Transport for any other backend: files, or the API of a mail service."""

    def __init__(self, backend):
        self.backend = backend

    def send(self, sender, recipient, mail):
        try:
            self.backend.send_messages([_message(mail, sender, recipient)])
        except Exception as error:  # each service raises its own errors
            raise Outage(_text(error)) from error
        return Outcome(Result.SENT)

    def close(self):
        self.backend.close()


def _message(mail, sender, recipient):
    """Convert the bytes of a mail to an EmailMultiAlternatives."""
    from email import message_from_bytes, policy

    from django.core.mail import EmailMultiAlternatives

    from publishing.mails import CHARSET

    parsed = message_from_bytes(mail, policy=policy.default)
    own_headers = {
        "subject",
        "from",
        "to",
        "content-type",
        "content-transfer-encoding",
        "mime-version",
    }
    message = EmailMultiAlternatives(
        subject=parsed["subject"],
        body=_body(parsed, "plain"),
        from_email=str(parsed["from"]) or sender,
        to=[recipient],
        headers={
            name: str(value)
            for name, value in parsed.items()
            if name.lower() not in own_headers
        },
    )
    if html := _body(parsed, "html"):
        message.attach_alternative(html, "text/html")
    message.encoding = CHARSET
    return message


def _body(parsed, kind):
    part = parsed.get_body((kind,))
    return part.get_content() if part else ""


def _refusal(code, answer):
    text = _("The mail server does not accept e-mails from the portal: %(code)s %(answer)s")
    return text % {"code": code, "answer": answer}


def _text(answer):
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    return " ".join(text.replace("\x00", "").split())[:500]


class Throttle:
    """Throttle to a number of mails per minute; 0 means no limit."""

    def __init__(self, per_minute):
        self.pause = 60 / per_minute if per_minute else 0
        self.next_at = 0.0

    def wait(self, stop):
        """Wait until the next mail may be sent; return False if `stop` is set meanwhile."""
        ahead = self.next_at - time.monotonic()
        if self.pause and ahead > 0 and stop.wait(ahead):
            return False
        self.next_at = time.monotonic() + self.pause
        return not stop.is_set()
