"""Contacts of a call."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.models.call import Call
from initiatives.models import Organisation
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
