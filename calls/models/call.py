"""Calls for proposals."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calls.models.call_queryset import CallQuerySet
from calls.models.phase import Phase
from calls.status import FOREVER, OVER, Stage, Status, Timetable, stage_at, status_at
from initiatives.models import Initiative, Organisation
from localisation import clock
from localisation.fields import AmountField, CurrencyField
from localisation.formats import short_money
from media.models import Documented
from publishing.models import Publishable, Source
from publishing.richtext import RichTextField


class Call(Documented, Publishable):
    class Kind(models.TextChoices):
        JOINT_TRANSNATIONAL = "joint-transnational", _("Joint transnational call")
        NATIONAL = "national", _("National call")
        REGIONAL = "regional", _("Regional call")
        EUROPEAN = "european", _("European call")
        NETWORKING = "networking", _("Networking or mobility")
        PRIZE = "prize", _("Prize or award")
        TENDER = "tender", _("Expression of interest")

    search = Source(
        keys=("reference",),
        initiative="initiative",
        dates=("closes_at", "opens_at", "first_published_at"),
        weight=1.15,
    )
    rows = (
        "key_dates",
        "offers",
        "consortium_rules",
        "contacts",
        "questions",
        "statistics",
    )

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
    aim = RichTextField(_("aim"), blank=True, help_text=_("What the call aims to achieve."))
    eligibility = RichTextField(
        _("who can apply"),
        blank=True,
        help_text=_("In plain words, without referring to annexes."),
    )
    budget = AmountField(_("total budget"), null=True, blank=True)
    budget_currency = CurrencyField()
    budget_is_approximate = models.BooleanField(_("budget is approximate"), default=False)
    submission_url = models.URLField(
        _("submission system"), max_length=500, blank=True, help_text=_("Where to apply.")
    )
    website = models.URLField(_("call page on the funder’s site"), max_length=500, blank=True)
    documents = models.ManyToManyField(
        "media.Document", verbose_name=_("documents"), blank=True, related_name="calls"
    )
    funders = models.ManyToManyField(
        Organisation, through="calls.FunderOffer", related_name="funded_calls", editable=False
    )
    #: First opening and last deadline of the entry, exact or not; set by `update_instants`.
    opens_at = models.DateTimeField(_("opens"), null=True, editable=False)
    closes_at = models.DateTimeField(_("closes"), null=True, editable=False)

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
        """Current status; see `calls.status`."""
        return status_at(self)

    def get_status_display(self):
        return self.status.label

    @property
    def stage(self):
        """Current stage, or ""; see `calls.status`."""
        return stage_at(self)

    def get_stage_display(self):
        return Stage(self.stage).label if self.stage else ""

    @property
    def informative_stage(self):
        """Name of the stage if it says more than the status, else ""."""
        is_two_stage = Timetable(self.key_dates.all()).is_two_stage
        is_informative = is_two_stage or self.stage in (Stage.REBUTTAL, Stage.PREPARATION)
        return self.get_stage_display() if is_informative else ""

    @property
    def is_over(self):
        return self.status in OVER

    @property
    def accepts_proposals(self):
        """True if proposals are accepted now, or will be."""
        return self.status not in (*OVER, Status.SUSPENDED)

    @property
    def next_deadline(self):
        """Key date of the next deadline for applicants, or None; see `calls.status`."""
        return Timetable(self.key_dates.all()).next_deadline(clock.now())

    @property
    def next_resumption(self):
        """Next key date on which a suspended call resumes, or None."""
        return self.next_date_of("resumption")

    @property
    def hero_date(self):
        """Most relevant key date now, such as opening, deadline or decision; or None."""
        entry = Timetable(self.key_dates.all()).entry
        kinds = {
            Status.FORTHCOMING: ["opening", "publication"],
            Status.IN_EVALUATION: ["decision", "results", "project-start"],
        }.get(self.status, [entry])
        if self.status == Status.SUSPENDED:
            return self.last_date_of("suspension", is_past=True)
        dates = (self.next_date_of(kind) or self.last_date_of(kind) for kind in kinds)
        return next(filter(None, dates), None) or self.next_date_of(entry)

    @property
    def secondary_deadline(self):
        """Next deadline if `hero_date` is another date, else None."""
        deadline = self.next_deadline
        return None if deadline == self.hero_date else deadline

    def next_date_of(self, *kinds):
        """Return the first future key date of these kinds, or None."""
        now = clock.now()
        ahead = (date for date in self.dates() if date.last_instant > now)
        return next((date for date in ahead if date.kind in kinds), None)

    def last_date_of(self, *kinds, is_past=False):
        """Return the last key date of these kinds, or None.

        With `is_past`, only dates that have started count.
        """
        limit = clock.now() if is_past else FOREVER
        dates = (date for date in reversed(self.dates()) if date.first_instant <= limit)
        return next((date for date in dates if date.kind in kinds), None)

    def budget_bars(self):
        """Return the funders' budgets as bars: list of dicts of label, text and value.

        The largest value is 100. Empty unless there are several in one currency. Expects
        prefetched offers.
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
        """Return the key dates in order of display. Expects prefetched key dates."""
        return sorted(self.key_dates.all(), key=lambda date: (date.display_order, date.at))

    @property
    def next_date(self):
        """Next key date of any kind, or None."""
        now = clock.now()
        return next((date for date in self.dates() if date.last_instant > now), None)

    def update_instants(self):
        """Recompute and save opens_at, closes_at and the phases from the key dates."""
        instants = self.instants_from_key_dates()
        Call.objects.filter(pk=self.pk).update(**instants)
        for name, value in instants.items():
            setattr(self, name, value)
        Phase.objects.update_for(self)

    def instants_from_key_dates(self):
        """Return {"opens_at": …, "closes_at": …}; None where the key dates have none."""
        return Timetable(self.key_dates.all()).instants()
