"""How much one may ask for: caps that robots reach and readers don't."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """So many times in a period that starts with the first time."""

    name: str
    most: int
    period: timedelta

    @property
    def seconds(self):
        return int(self.period.total_seconds())

    def take(self, who):
        """Count one more for `who`; False when that is one too many."""
        key = self._key(who)
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key) <= self.most
        except ValueError:  # the period ended between the two lines above
            cache.set(key, 1, self.seconds)
            return self.most > 0

    def taken(self, who):
        """How often `who` has been counted in the period under way."""
        return cache.get(self._key(who), 0)

    def _key(self, who):
        # Hashed: caches are read by more people than the database, and keys must be short.
        return (
            f"limit:{self.name}:{salted_hmac(self.name, who, algorithm='sha256').hexdigest()}"
        )


SIGN_UPS_FROM_NETWORK = Limit("newsletter.network", most=5, period=timedelta(hours=1))
