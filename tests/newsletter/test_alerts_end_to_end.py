"""End-to-end test of alerts: from publication to mail server, and links in the mails."""

import pytest
from django.conf import settings as portal_settings

from newsletter.delivery import send_due
from tests.newsletter.alerts import (
    at,
    at_time,
    published,
    reader,
    republish,
    run_alert_job,
    subscribe,
)
from tests.newsletter.test_mails import one_click_path, paths, texts

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LANGUAGES = [code for code, _name in portal_settings.LANGUAGES]


def morning(mailbox, day):
    """Run and send a day's alerts; return the arrived mails as {address: mail}."""
    mailbox.arrived.clear()
    run_alert_job(at(days=day))
    with at_time(at(days=day)):
        send_due()
    assert all(number == 1 for number in mailbox.addresses().values())
    return mailbox.mails()


def test_alerts_arrive_are_muted_and_end(mailbox, client):
    run_alert_job(at())
    members = [reader(n, language=code) for n, code in enumerate(LANGUAGES)]
    for member in members:
        subscribe(member, "kind=national")
    call = published(
        on=at(hours=1), title_en="Rivers – été", title_fr="Rivières", title_nl="Rivieren"
    )

    mails = morning(mailbox, 1)
    titles = ("Rivers – été", "Rivières", "Rivieren")
    for member, title in zip(members, titles, strict=True):
        mail = mails[member.email]
        assert mail["To"] == member.email
        assert mail["Content-Language"] == member.language
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["Message-ID"] and mail["Date"]
        assert all(title in part for part in texts(mail))

    assert morning(mailbox, 2) == {}

    muting, ending, waiting = members
    (mute,) = [path for path in paths(mails[muting.email]) if "/mute/" in path]
    client.get(mute)
    client.post(one_click_path(mails[ending.email]), {"List-Unsubscribe": "One-Click"})
    republish(call, "Ten days more", on=at(days=2, hours=1))
    assert set(morning(mailbox, 3)) == {muting.email, waiting.email}

    client.post(mute)
    republish(call, "Twenty days more", on=at(days=3, hours=1))
    assert set(morning(mailbox, 4)) == {waiting.email}
