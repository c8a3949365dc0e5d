"""Program that kills or stops senders within an edition and checks what has arrived.

`python -m tests.newsletter.crashes kill|stop TIMES` works on the database at DATABASE_URL,
which must be empty. It raises AssertionError if a recipient is missed or gets too many mails.
test_crashes.py runs it.
"""

import asyncio
import collections
import itertools
import os
import random
import select
import signal
import smtplib
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import django
from django.utils import timezone

from tests.newsletter.mail_server import free_port

#: Points at which a sender is killed, the first four before the server has the whole mail.
POINTS = ("freezing", "claim", "mail", "data", "dot", "commit")
SAFE = POINTS[:4]
#: Maximum number of mails before a kill.
MAX_MAILS = 12


def main(scenario, times):
    log = Path(tempfile.mkdtemp()) / "arrived"
    log.touch()
    port = free_port()
    server = start_child(lambda: serve(port, log))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    os.environ["LOG_LEVEL"] = "CRITICAL"
    django.setup()
    random.seed(scenario)
    try:
        SCENARIOS[scenario](times, log)
    finally:
        os.kill(server, signal.SIGKILL)


def serve(port, log):
    """Run a mail server that logs recipient and Message-ID of each mail, one per line."""
    from aiosmtpd.smtp import SMTP

    class MailLog:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            lines = envelope.content.split(b"\r\n")
            name = next(line for line in lines if line.startswith(b"Message-ID:"))
            with log.open("ab") as file:
                file.write(envelope.rcpt_tos[0].encode() + b" " + name[12:] + b"\n")
            return "250 2.0.0 Taken"

    async def run():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(MailLog()), "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(run())


def start_child(work):
    """Run `work` in a child process and return its process id."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return child


def arrived_mails(log):
    """Return [(address, Message-ID)] in order of arrival."""
    return [tuple(line.split()) for line in log.read_text().splitlines()]


def run_in_child(work):
    """Run `work` in a child process and return its wait status.

    The child has database connections of its own.
    """
    from django.db import connections

    connections.close_all()
    return os.waitpid(start_child(work), 0)[1]


def expire_leases():
    """Set all leases to have expired."""
    from newsletter.models import Delivery

    held = Delivery.objects.filter(state__in=Delivery.LEASED)
    held.update(lease_until=timezone.now() - timedelta(seconds=1))


# --- Killing ------------------------------------------------------------------------------


def wrap(owner, name, wrapper):
    """Replace a function by one that calls `wrapper(original, *args)`."""
    original = getattr(owner, name)
    setattr(owner, name, lambda *args, **kwargs: wrapper(original, *args, **kwargs))


def is_mail(content):
    return len(content) > 1000  # everything else is a single command


def halt_at(point, number, signal_number=signal.SIGKILL):  # noqa: C901 - a list of ways
    """Send the signal to this process when it reaches a point for the nth time."""
    from newsletter.delivery import Batch
    from newsletter.models import DeliveryQuerySet

    times = itertools.count(1)

    def reached():
        if next(times) == number:
            os.kill(os.getpid(), signal_number)

    def after(original, *args, **kwargs):
        result = original(*args, **kwargs)
        reached()
        return result

    def before_mail(original, smtp, command, *args):
        if command.startswith("MAIL"):
            reached()
        return original(smtp, command, *args)

    def half_sent(original, smtp, content):
        middle = len(content) // 2 if is_mail(content) else 0
        if middle and next(times) == number:
            original(smtp, content[:middle])
            os.kill(os.getpid(), signal_number)
            content = content[middle:]
        original(smtp, content)

    def all_sent(original, smtp, content):
        original(smtp, content)
        if is_mail(content) and next(times) == number:
            select.select([smtp.sock], [], [])  # the reply has arrived but is not read yet
            os.kill(os.getpid(), signal_number)

    def before_commit(original, batch, former, *args):
        if former:
            reached()
        return original(batch, former, *args)

    owner, name, wrapper = {
        "freezing": (DeliveryQuerySet, "bulk_create", after),
        "claim": (Batch, "claim", after),
        "mail": (smtplib.SMTP, "docmd", before_mail),
        "data": (smtplib.SMTP, "send", half_sent),
        "dot": (smtplib.SMTP, "send", all_sent),
        "commit": (Batch, "advance", before_commit),
    }[point]
    wrap(owner, name, wrapper)


def killed(work, point, number):
    def doomed():
        halt_at(point, number)
        work()

    status = run_in_child(doomed)
    assert os.WIFSIGNALED(status), f"was not killed at {point}"


def kill(times, log):
    """Kill every sender but the last one at some point, and check the result."""
    from newsletter.delivery import send_due
    from newsletter.editions import send_now
    from tests.newsletter.editions import approved_edition, readers, states
    from tests.staff import member

    people, by = readers(2000 if times >= 10 else 60 + 40 * times), member()
    edition = approved_edition(by=by)
    for _time in range(times):
        killed_freezing(edition, by)
    send_now(edition=edition, by=by)
    points = [point for point in POINTS[1:] for _time in range(times)]
    random.shuffle(points)
    rounds = []
    for point in points:
        known = len(arrived_mails(log))
        killed(send_due, point, 1 if point == "claim" else random.randint(1, MAX_MAILS))
        rounds.append((point, arrived_mails(log)[known:]))
        expire_leases()
    known = len(arrived_mails(log))
    send_due()
    rounds.append(("claim", arrived_mails(log)[known:]))
    check(people, rounds)
    edition.refresh_from_db()
    assert edition.state == "sent"
    assert states(edition) == {"sent": len(people)}
    print(len(arrived_mails(log)) - len(people))  # noqa: T201 - for the test that called


def killed_freezing(edition, by):
    """Kill a worker that freezes the edition, and check that nothing is left behind."""
    from newsletter.editions import freezing, send_now

    freezing.CHUNK_SIZE = 20
    killed(lambda: send_now(edition=edition, by=by), "freezing", random.randint(1, 3))
    edition.refresh_from_db()
    assert edition.state == "approved"
    assert not edition.deliveries.exists()
    assert not edition.variants.exists()


def check(people, rounds):
    """Check that everybody was reached, with few duplicates.

    A kill leads to at most one repeated mail, at a safe point to none. Repeated mails have the
    same Message-ID.
    """
    mails = [mail for _point, found in rounds for mail in found]
    assert {address for address, _name in mails} == {one.email for one in people}
    assert len(set(mails)) == len(people)
    later = collections.Counter(mails)
    for point, found in rounds:
        later.subtract(found)
        repeated = [mail for mail in found if later[mail]]
        assert len(repeated) <= (point not in SAFE), (point, repeated)


# --- Stopping -----------------------------------------------------------------------------


def stop(times, log):
    """Stop a sender until its lease has expired and another has done its work; resume it."""
    from newsletter.delivery import send_due
    from newsletter.models import Delivery
    from tests.newsletter.editions import readers, started_edition

    people = readers(50)
    for number in range(times):
        known = len(arrived_mails(log))
        edition = started_edition()
        point = POINTS[1 + number % 5]
        sleeper = stopped(
            send_due, point, 1 if point == "claim" else random.randint(1, MAX_MAILS)
        )
        expire_leases()
        send_due()
        before = list(Delivery.objects.order_by("pk").values())
        os.kill(sleeper, signal.SIGCONT)
        os.waitpid(sleeper, 0)
        assert list(Delivery.objects.order_by("pk").values()) == before
        mails = arrived_mails(log)[known:]
        assert len(set(mails)) == len(people)
        assert len(mails) - len(people) <= 1, point
        edition.refresh_from_db()
        assert edition.state == "sent"
    print(len(arrived_mails(log)) - times * len(people))  # noqa: T201 - for the test that called


def stopped(work, point, number):
    """Start `work` in a child process that stops at a point, and return its id."""
    from django.db import connections

    def sleepy():
        halt_at(point, number, signal.SIGSTOP)
        work()

    connections.close_all()
    child = start_child(sleepy)
    _child, status = os.waitpid(child, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    return child


SCENARIOS = {"kill": kill, "stop": stop}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
