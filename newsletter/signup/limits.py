"""Rate limits that stop robots and do not affect readers."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """Fixed-window rate limit: `most` events per `period`, counted in the cache.

    The window starts with the first event.
    """

    name: str
    most: int
    period: timedelta

    @property
    def seconds(self):
        return int(self.period.total_seconds())

    def take(self, who):
        """Count one event of `who`; return False if that exceeds the limit."""
        key = self._key(who)
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key) <= self.most
        except ValueError:  # the window ended between the two lines above
            cache.set(key, 1, self.seconds)
            return self.most > 0

    def taken(self, who):
        """Return the number of events of `who` in the current window."""
        return cache.get(self._key(who), 0)

    def _key(self, who):
        # Hashed: caches are read by more people than the database, and keys must be short.
        return (
            f"limit:{self.name}:{salted_hmac(self.name, who, algorithm='sha256').hexdigest()}"
        )


SIGN_UPS_FROM_NETWORK = Limit("newsletter.network", most=5, period=timedelta(hours=1))
