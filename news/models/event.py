"""Events: information days, conferences, webinars."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from localisation import clock
from localisation.fields import CountryField, TimeZoneField
from media.models import Documented
from news.models.article import RelatedItems
from publishing.constraints import FieldCheck
from publishing.models import Publishable, PublishableQuerySet, Source
from publishing.richtext import RichTextField


class EventQuerySet(PublishableQuerySet):
    def upcoming(self):
        """Filter events that aren't over, the next one first."""
        return self.filter(ends_at__gte=clock.now()).order_by("starts_at", "pk")

    def past(self):
        return self.filter(ends_at__lt=clock.now()).order_by("-starts_at", "-pk")

    def next_first(self):
        """Order future and running events by start, then past ones, the latest first."""
        now = clock.now()
        is_over = Case(When(ends_at__lt=now, then=1), default=0)
        ahead = Case(When(ends_at__gte=now, then=F("starts_at")))
        return self.order_by(is_over, ahead.asc(nulls_last=True), "-starts_at", "-pk")

    def for_detail(self):
        return (
            super()
            .for_detail()
            .prefetch_related(
                "documents__versions", "initiatives", "calls__key_dates", "projects"
            )
        )


class Event(RelatedItems, Documented, Publishable):
    search = Source(
        texts=("place", "address"),
        initiative="initiatives",
        dates=("starts_at",),
        is_mentioned=False,
    )

    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    timezone = TimeZoneField()
    is_all_day = models.BooleanField(
        _("whole days"), default=False, help_text=_("Readers see the days only, no times.")
    )
    is_online = models.BooleanField(
        _("online"), default=False, help_text=_("It is possible to take part online.")
    )
    online_url = models.URLField(_("link to take part online"), max_length=500, blank=True)
    place = models.CharField(
        _("place"), max_length=200, blank=True, help_text=_("Venue and city.")
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    country = CountryField(blank=True)
    registration_url = models.URLField(_("registration"), max_length=500, blank=True)
    registration_deadline_at = models.DateTimeField(
        _("registration deadline"), null=True, blank=True
    )
    programme = RichTextField(_("programme"), blank=True)
    recording_url = models.URLField(_("recording"), max_length=500, blank=True)
    documents = models.ManyToManyField(
        "media.Document", verbose_name=_("documents"), blank=True, related_name="events"
    )

    objects = EventQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            *Publishable.Meta.indexes,
            models.Index(fields=["state", "starts_at"], name="news_event_starts"),
        ]
        constraints = [
            FieldCheck(
                field="ends_at",
                condition=Q(ends_at__gte=F("starts_at")),
                name="news_event_ends_after_it_starts",
                violation_error_message=_("The end must not be before the start."),
            )
        ]

    def get_absolute_url(self):
        return reverse("news:event", args=[self.slug])

    @property
    def precision(self):
        """Precision of the dates that readers see: "day" or "minute"."""
        return "day" if self.is_all_day else "minute"

    @property
    def days(self):
        """First and last day, in the time zone of the event."""
        zone = ZoneInfo(self.timezone)
        return tuple(at.astimezone(zone).date() for at in (self.starts_at, self.ends_at))

    @property
    def is_on_one_day(self):
        first, last = self.days
        return first == last

    @property
    def is_over(self):
        return self.ends_at < clock.now()

    @property
    def is_registration_open(self):
        """True if readers can register: until the deadline, or the start if there is none."""
        until = self.registration_deadline_at or self.starts_at
        return bool(self.registration_url) and clock.now() < until
