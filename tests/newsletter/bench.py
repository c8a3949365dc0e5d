"""Benchmark of sending: cost of a mail compared with a bare loop; used by `make bench`."""

import os
import signal
import smtplib
import socket
import time

#: Mails per measurement, and approximate bytes of each.
NUMBER, SIZE = 1000, 20_000


def sending():
    """Return the CPU seconds per mail on one connection, for two ways of sending.

    The first is a loop over smtplib with ready bytes, the second the portal's own loop, which
    fills in templates and reads and writes the queue.
    """
    from django.conf import settings

    from newsletter.delivery import MailBuilder, send_due
    from newsletter.models import Delivery

    child, port = sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    made = edition_of(SIZE)
    mail = MailBuilder().build(made.deliveries.select_related("subscriber").first())

    def bare():
        with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as smtp:
            for number in range(NUMBER):
                smtp.sendmail("portal@localhost", [f"reader{number}@example.org"], mail)

    def portal():
        made.deliveries.update(state=Delivery.State.PENDING, settled_at=None)
        type(made).objects.filter(pk=made.pk).update(state="sending")
        started = time.process_time()
        assert send_due() == NUMBER
        return time.process_time() - started

    def timed(work):
        started = time.process_time()
        work()
        return time.process_time() - started

    try:
        rounds = [(timed(bare), portal()) for _round in range(4)]
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    name = f"CPU of a mail of {len(mail) // 1000} kB, bare and ours"
    return name, *(min(column) / NUMBER for column in zip(*rounds, strict=True))


def edition_of(size):
    """Create an edition that is being sent, with mails of about `size` bytes."""
    from news.models import Article
    from newsletter.editions import template_of
    from tests.factories import published
    from tests.newsletter.editions import edition, readers, started_edition

    readers(NUMBER, languages=("en",))
    items = [published(Article, summary_en="Rivers and seas. " * 25)]
    while len(template_of(edition(*items), "en")) < size:
        items.append(published(Article, summary_en="Rivers and seas. " * 25))
    return started_edition(*items)


def sink():
    """Start a mail server that discards everything; return (process, port)."""
    server = socket.create_server(("127.0.0.1", 0))
    child = os.fork()
    if not child:
        while True:
            swallow(server.accept()[0])
    port = server.getsockname()[1]
    server.close()
    return child, port


def swallow(connection):
    connection.sendall(b"220 sink\r\n")
    with connection, connection.makefile("rb", buffering=1 << 16) as lines:
        for line in lines:
            verb = line[:4].upper()
            if verb == b"DATA":
                connection.sendall(b"354 Go on\r\n")
                while lines.readline() != b".\r\n":
                    pass
            connection.sendall(b"221 Bye\r\n" if verb == b"QUIT" else b"250 OK\r\n")
