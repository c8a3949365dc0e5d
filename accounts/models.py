"""Staff accounts."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from localisation.fields import TimeZoneField


class AccountManager(UserManager):
    def get_by_natural_key(self, username):
        """Return the account with this sign-in name, whatever its case. Raises DoesNotExist."""
        return super().get_by_natural_key(self.model.normalize_username(username))


class User(AbstractUser):
    """A member of staff. The sign-in name is kept in lower case, so that case never matters."""

    first_name = None
    last_name = None
    display_name = models.CharField(
        _("name"),
        max_length=150,
        blank=True,
        help_text=_("As colleagues see it: first name and surname."),
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("For the admin and for mails. Empty: the portal's default."),
    )
    time_zone = TimeZoneField(blank=True, default="", help_text="")

    objects = AccountManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_is_unique",
                condition=~models.Q(email=""),
                violation_error_message=_("Another account has this e-mail address."),
            )
        ]

    def save(self, *args, **kwargs):
        self.username = self.normalize_username(self.username)
        super().save(*args, **kwargs)

    @classmethod
    def normalize_username(cls, username):
        """Return the sign-in name in NFKC and without capitals."""
        normal = super().normalize_username(username)
        return normal.casefold() if isinstance(normal, str) else normal

    def get_full_name(self):
        return self.display_name.strip()

    def get_short_name(self):
        return self.get_full_name()
