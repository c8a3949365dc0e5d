"""SMTP server for tests, on the loopback interface, with configurable faults."""

import collections
import email
import email.policy
import logging
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

logging.getLogger("mail.log").setLevel(logging.WARNING)


class Mailbox:
    """Handler that collects mails; replace `answer_to_…` to change its replies."""

    def __init__(self):
        self.arrived = []
        #: Number of mails accepted per connection.
        self.accepted = collections.Counter()

    def answer_to_mail(self, session):
        return None

    def answer_to_recipient(self, address):
        return None

    def answer_to_content(self, address):
        return None

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if answer := self.answer_to_mail(session):
            return answer
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if answer := self.answer_to_recipient(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        address = envelope.rcpt_tos[0]
        answer = self.answer_to_content(address)
        if not isinstance(answer, str) or answer.startswith("2"):
            self.arrived.append((address, envelope.content))
            self.accepted[session.peer] += 1
        if callable(answer):
            return await answer()
        return answer or "250 2.0.0 Taken"

    def addresses(self):
        return collections.Counter(address for address, _content in self.arrived)

    def mails(self):
        return {to: strictly_parsed(mail) for to, mail in self.arrived}


def strictly_parsed(mail):
    """Parse a mail; any defect raises an error."""
    strict = email.policy.default.clone(raise_on_defect=True)
    return email.message_from_bytes(mail, policy=strict)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@contextmanager
def serving(mailbox, password=None):
    """Run the mailbox and yield its port; with a `password` it requires authentication."""

    def authenticate(server, session, envelope, mechanism, data):
        return AuthResult(success=data.password == password.encode(), handled=False)

    options = {"auth_require_tls": False}
    if password:
        options |= {"authenticator": authenticate, "auth_required": True}
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
