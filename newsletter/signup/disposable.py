"""Detection of disposable e-mail addresses.

Mail to them bounces within days, which harms the portal's reputation with mail servers.
"""

from django.conf import settings
from django.utils.encoding import punycode

#: The most common services. The list need not be complete, since nobody is mailed without
#: having confirmed. NEWSLETTER_BLOCKED_DOMAINS adds to it.
KNOWN_DOMAINS = frozenset(
    [
        "10minutemail.com",
        "20minutemail.com",
        "dispostable.com",
        "discard.email",
        "emailondeck.com",
        "fakeinbox.com",
        "getairmail.com",
        "getnada.com",
        "grr.la",
        "guerrillamail.biz",
        "guerrillamail.com",
        "guerrillamail.de",
        "guerrillamail.net",
        "guerrillamail.org",
        "guerrillamailblock.com",
        "incognitomail.org",
        "inboxkitten.com",
        "jetable.org",
        "mail-temp.com",
        "mailcatch.com",
        "maildrop.cc",
        "mailinator.com",
        "mailnesia.com",
        "mailnull.com",
        "mailsac.com",
        "mintemail.com",
        "moakt.com",
        "mohmal.com",
        "mytemp.email",
        "nada.email",
        "sharklasers.com",
        "spam4.me",
        "spamgourmet.com",
        "temp-mail.io",
        "temp-mail.org",
        "tempail.com",
        "tempinbox.com",
        "tempmail.com",
        "tempmailo.com",
        "throwawaymail.com",
        "trashmail.com",
        "trashmail.de",
        "trashmail.net",
        "yopmail.com",
        "yopmail.fr",
        "yopmail.net",
    ]
)


def is_disposable(email):
    """Return True if the domain of a valid address, or a parent domain, is disposable."""
    labels = punycode(email.rpartition("@")[2]).split(".")
    domains = {".".join(labels[at:]) for at in range(len(labels))}
    return bool(domains & KNOWN_DOMAINS.union(settings.NEWSLETTER_BLOCKED_DOMAINS))
