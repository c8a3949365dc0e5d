"""The rows of a call: whom to ask, and who funds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.models.call import Call
from initiatives.models import Organisation
from publishing.fields import AmountField, CurrencyField
from publishing.models import Row


class CallContact(Row):
    call = models.ForeignKey(
        Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(
        _("function"),
        max_length=120,
        blank=True,
        help_text=_("For example call secretariat or national contact point."),
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_secretariat = models.BooleanField(_("call secretariat"), default=False)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(
        _("telephone"), max_length=40, blank=True, help_text=_("With country code: +32 2 …")
    )

    class Meta(Row.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return self.name


class FunderOffer(Row):
    """What one organisation puts into a call."""

    call = models.ForeignKey(
        Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="offers"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("funder"),
        on_delete=models.PROTECT,
        related_name="offers",
    )
    amount = AmountField(_("budget"), null=True, blank=True)
    amount_currency = CurrencyField()
    amount_is_approximate = models.BooleanField(_("budget is approximate"), default=False)

    class Meta(Row.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"], name="calls_offer_is_one_per_funder"
            )
        ]

    def __str__(self):
        return str(self.organisation)
