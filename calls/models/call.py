"""Calls for proposals."""

from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calls.status import Status, status_at, status_case, status_filter
from initiatives.models import Initiative, Organisation
from publishing import clock
from publishing.fields import AmountField, CurrencyField
from publishing.formats import short_money
from publishing.models import Documented, Publishable, PublishableQuerySet
from publishing.richtext import RichTextField


class CallQuerySet(PublishableQuerySet):
    def with_status(self, *statuses):
        """The calls that have one of these statuses now."""
        condition = Q(pk__in=[])
        for status in statuses:
            condition |= status_filter(status)
        return self.filter(condition)

    def open(self):
        return self.with_status(Status.OPEN, Status.CLOSING_SOON)

    def closing_soon(self):
        return self.with_status(Status.CLOSING_SOON)

    def forthcoming(self):
        return self.with_status(Status.FORTHCOMING)

    def annotate_status(self):
        """With `status_now`, for counting and grouping."""
        return self.annotate(status_now=status_case())

    def by_deadline(self):
        """The nearest deadline first, then calls without one, then the past ones."""
        is_over = Case(When(closes_at__lte=clock.now(), then=1), default=0)
        return self.order_by(is_over, F("closes_at").asc(nulls_last=True), "pk")

    def by_opening(self):
        """The next to open first, then those whose opening isn't known."""
        return self.order_by(F("opens_at").asc(nulls_last=True), "pk")

    def for_list(self):
        return super().for_list().select_related("initiative").prefetch_related("key_dates")

    def for_detail(self):
        return self.for_list().prefetch_related(
            "contacts__organisation",
            "documents__versions",
            "offers__organisation__region",
        )


class Call(Documented, Publishable):
    class Kind(models.TextChoices):
        JOINT_TRANSNATIONAL = "joint-transnational", _("Joint transnational call")
        NATIONAL = "national", _("National call")
        REGIONAL = "regional", _("Regional call")
        EUROPEAN = "european", _("European call")
        NETWORKING = "networking", _("Networking or mobility")
        PRIZE = "prize", _("Prize or award")
        TENDER = "tender", _("Expression of interest")

    search_fields = ("title", "reference", "summary", "initiative__acronym")
    rows = ("key_dates", "offers", "contacts")

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
    )
    reference = models.CharField(
        _("reference"),
        max_length=80,
        blank=True,
        db_index=True,
        help_text=_("As applicants quote it, for example EPPERMED2024-JTC."),
    )
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    aim = RichTextField(_("aim"), blank=True, help_text=_("What the call wants to achieve."))
    eligibility = RichTextField(
        _("who may apply"), blank=True, help_text=_("In plain words, before any annex.")
    )
    budget = AmountField(_("total budget"), null=True, blank=True)
    budget_currency = CurrencyField()
    budget_is_approximate = models.BooleanField(_("budget is approximate"), default=False)
    submission_url = models.URLField(
        _("submission system"), max_length=500, blank=True, help_text=_("Where to apply.")
    )
    website = models.URLField(_("call's page elsewhere"), max_length=500, blank=True)
    documents = models.ManyToManyField(
        "publishing.Document", verbose_name=_("documents"), blank=True, related_name="calls"
    )
    funders = models.ManyToManyField(
        Organisation, through="calls.FunderOffer", related_name="funded_calls", editable=False
    )
    #: The three instants that the status follows from; `update_instants` keeps them.
    opens_at = models.DateTimeField(_("opens"), null=True, editable=False)
    closes_at = models.DateTimeField(_("closes"), null=True, editable=False)
    decides_at = models.DateTimeField(_("decides"), null=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        indexes = [
            *Publishable.Meta.indexes,
            models.Index(fields=["state", "closes_at", "opens_at"], name="calls_call_closes"),
            models.Index(fields=["state", "opens_at"], name="calls_call_opens"),
        ]

    def get_absolute_url(self):
        return reverse("calls:detail", args=[self.slug])

    def rows_saved(self):
        self.update_instants()

    def rows_loaded(self):
        for name, value in self.instants_from_key_dates().items():
            setattr(self, name, value)

    @property
    def status(self):
        """The status now; see `calls.status`."""
        return status_at(self)

    def get_status_display(self):
        return self.status.label

    @property
    def next_deadline(self):
        """The key date that applicants have to meet next, or None."""
        now = clock.now()
        ahead = [date for date in self.key_dates.all() if date.is_deadline and date.at > now]
        return min(ahead, key=lambda date: date.at, default=None)

    @property
    def hero_date(self):
        """The key date that matters most to a reader now: opening, deadline or decision."""
        instant = {
            Status.FORTHCOMING: self.opens_at,
            Status.IN_EVALUATION: self.decides_at,
        }.get(self.status, self.closes_at)
        ahead = self.next_deadline if self.status != Status.IN_EVALUATION else None
        found = [date for date in self.key_dates.all() if date.at == instant]
        return found[0] if found else ahead

    @property
    def is_over(self):
        return self.status in (Status.CLOSED, Status.IN_EVALUATION)

    def offer_bars(self):
        """The funders' budgets as bars: dicts of label, text and value, the largest being 100.

        Empty unless there are several in one currency. Made for prefetched offers.
        """
        offers = [offer for offer in self.offers.all() if offer.amount]
        if len(offers) < 2 or len({offer.amount_currency for offer in offers}) > 1:
            return []
        largest = max(offer.amount for offer in offers)
        return [
            {
                "label": offer.organisation.short_name,
                "text": short_money(offer.amount, offer.amount_currency),
                "value": round(100 * offer.amount / largest),
            }
            for offer in offers
        ]

    def dates(self):
        """The key dates in order. Made for prefetched ones."""
        return sorted(self.key_dates.all(), key=lambda date: date.at)

    @property
    def next_date(self):
        """The key date that comes next, of whatever kind, or None."""
        now = clock.now()
        return next((date for date in self.dates() if date.at > now), None)

    def update_instants(self):
        """Work out opens_at, closes_at and decides_at from the key dates, and save them."""
        instants = self.instants_from_key_dates()
        Call.objects.filter(pk=self.pk).update(**instants)
        for name, value in instants.items():
            setattr(self, name, value)

    def instants_from_key_dates(self):
        """dict of the three instants, or None where the key dates don't tell one.

        A call opens at its earliest opening, exact or expected; without one at its publication,
        without that when it was written. It closes at the last deadline of its first stage:
        whoever missed the pre-proposal may not hand in a full one.
        """
        dates = list(self.key_dates.all())

        def instants(*kinds):
            return [date.at for date in dates if date.kind in kinds]

        openings = instants("opening") or instants("publication")
        deadlines = instants("pre-proposal") or instants("full-proposal")
        opens_at = min(openings, default=self.created_at if deadlines else None)
        return {
            "opens_at": opens_at,
            "closes_at": max(deadlines, default=None),
            "decides_at": max(instants("decision") or instants("project-start"), default=None),
        }
