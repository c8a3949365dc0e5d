"""Rows of an initiative: participations, relations, figures, milestones, resources."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative
from initiatives.models.organisation import Organisation
from localisation import formats
from localisation.fields import AmountField, CurrencyField, DatePrecision, LanguageField
from publishing.constraints import FieldCheck
from publishing.models import Row


class Participation(Row):
    """An organisation's role in an initiative; an organisation may have several."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")
        CHAIR = "chair", _("Chair")
        SECRETARIAT = "secretariat", _("Secretariat")
        LEAD = "lead", _("Working-group lead")
        FUNDER = "funder", _("Funder")
        PARTNER = "partner", _("Partner")
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="participations",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="participations",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    note = models.TextField(
        _("tasks"),
        max_length=1500,
        blank=True,
        help_text=_("For example which working group it leads, or what the funding is for."),
    )
    amount = AmountField(_("amount"), null=True, blank=True)
    amount_currency = CurrencyField()
    amount_is_approximate = models.BooleanField(_("amount is approximate"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    precision = models.CharField(
        _("precision of the dates"),
        max_length=5,
        choices=DatePrecision.choices,
        default=DatePrecision.DAY,
    )
    is_expected = models.BooleanField(
        _("expected"), default=False, help_text=_("Announced, but not yet confirmed.")
    )

    class Meta(Row.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            FieldCheck(
                field="ends_on",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="initiatives_participation_ends_after_it_starts",
                violation_error_message=_("The end must not be before the start."),
            )
        ]

    def __str__(self):
        return f"{self.organisation}, {self.get_role_display()}"


class InitiativeRelation(Row):
    class Kind(models.TextChoices):
        CONTINUES = "continues", _("Continues")
        JOINS = "joins", _("Brings together")
        WORKS_WITH = "works-with", _("Works with")
        FAMILY_OF = "family-of", _("Belongs to the family of")

    INVERSE_LABELS = {
        Kind.CONTINUES: _("Continued by"),
        Kind.JOINS: _("Brought together in"),
        Kind.WORKS_WITH: _("Works with"),
        Kind.FAMILY_OF: _("Family"),
    }

    from_initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="relations",
    )
    kind = models.CharField(_("relation"), max_length=20, choices=Kind.choices)
    to_initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("other initiative"),
        on_delete=models.CASCADE,
        related_name="inverse_relations",
    )

    class Meta(Row.Meta):
        verbose_name = _("related initiative")
        verbose_name_plural = _("related initiatives")
        constraints = [
            models.UniqueConstraint(
                fields=["from_initiative", "kind", "to_initiative"],
                name="initiatives_relation_is_stated_once",
            ),
            FieldCheck(
                field="to_initiative",
                condition=~Q(from_initiative=F("to_initiative")),
                name="initiatives_relation_is_to_another_initiative",
                violation_error_message=_("An initiative can't be related to itself."),
            ),
        ]

    def __str__(self):
        return formats.named(self.get_kind_display(), self.to_initiative)

    @property
    def inverse_label(self):
        """Label of the relation on the page of the other initiative."""
        return self.INVERSE_LABELS[self.kind]


class KeyFigure(Row):
    class Qualifier(models.TextChoices):
        EXACT = "", _("exactly")
        ABOUT = "about", _("about")
        MORE_THAN = "more-than", _("more than")
        UP_TO = "up-to", _("up to")

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="key_figures",
    )
    qualifier = models.CharField(
        _("qualifier"), max_length=10, choices=Qualifier.choices, blank=True
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    unit = models.CharField(
        _("unit"),
        max_length=30,
        blank=True,
        help_text=_(
            "For example “years” or “%”. For an amount, enter a currency code such as EUR."
        ),
    )
    label = models.CharField(_("label"), max_length=120, help_text=_("What is counted."))
    note = models.CharField(_("note"), max_length=250, blank=True)
    as_of_on = models.DateField(_("as of"), null=True, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")

    def __str__(self):
        return self.label or ""


class Milestone(Row):
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="milestones",
    )
    happens_on = models.DateField(_("date"))
    precision = models.CharField(
        _("precision"),
        max_length=5,
        choices=DatePrecision.choices,
        default=DatePrecision.DAY,
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=1000, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    document = models.ForeignKey(
        "media.Document",
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta(Row.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["happens_on", "position", "pk"]

    def __str__(self):
        return self.title or ""

    @property
    def link(self):
        """URL of the document if it is available, else the link; "" for none."""
        return address_of(self)


class Resource(Row):
    """A link or a document of an initiative, in a group such as "For Flanders"."""

    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        on_delete=models.CASCADE,
        related_name="resources",
    )
    title = models.CharField(_("title"), max_length=200)
    group = models.CharField(
        _("group"),
        max_length=80,
        blank=True,
        help_text=_("Resources in the same group are shown under one heading."),
    )
    url = models.URLField(_("link"), max_length=500, blank=True)
    document = models.ForeignKey(
        "media.Document",
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The organisation that runs the page, if readers need to know it."),
    )
    language = LanguageField()
    dated_on = models.DateField(_("date"), null=True, blank=True)

    class Meta(Row.Meta):
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def __str__(self):
        return self.title or ""

    def clean(self):
        """Raise ValidationError unless there is either a link or a document."""
        if bool(self.url) == bool(self.document_id):
            raise ValidationError(_("Enter either a link or a document."))

    @property
    def link(self):
        """URL of the page or the document; "" while the document isn't available."""
        return address_of(self)


def address_of(row):
    """Return the URL of a row's document if it is available, else its link, or ""."""
    if row.document and row.document.is_available:
        return row.document.get_absolute_url()
    return row.url
