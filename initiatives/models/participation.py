"""Participations of organisations in initiatives."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative
from initiatives.models.organisation import Organisation
from localisation.fields import AmountField, CurrencyField, DatePrecision
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
