"""Rate limits that stop robots and do not affect readers."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """Fixed-window rate limit: `max_events` per `period`, counted in the cache.

    The window starts with the first event.
    """

    name: str
    max_events: int
    period: timedelta

    @property
    def seconds(self):
        return int(self.period.total_seconds())

    def acquire(self, client):
        """Count one event of `client`; return False if that exceeds the limit."""
        key = self._key(client)
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key) <= self.max_events
        except ValueError:  # the window ended between the two lines above
            cache.set(key, 1, self.seconds)
            return self.max_events > 0

    def count(self, client):
        """Return the number of events of `client` in the current window."""
        return cache.get(self._key(client), 0)

    def _key(self, client):
        # Hashed: caches are read by more people than the database, and keys must be short.
        digest = salted_hmac(self.name, client, algorithm="sha256").hexdigest()
        return f"limit:{self.name}:{digest}"


SIGN_UPS_FROM_NETWORK = Limit("newsletter.network", max_events=5, period=timedelta(hours=1))
