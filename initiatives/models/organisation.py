"""Organisations that fund, coordinate or take part: reference data, always public."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from localisation.fields import CountryField, validate_nuts, validate_ror
from localisation.languages import shown_text
from publishing.models import FeedFields, Source
from publishing.richtext import RichTextField
from syndication import public_changes


class Region(models.Model):
    """A statistical region of Europe (NUTS, Regulation (EC) No 1059/2003)."""

    code = models.CharField(
        _("NUTS code"), max_length=5, primary_key=True, validators=[validate_nuts]
    )
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]

    def __str__(self):
        return f"{self.name} ({self.code})"

    def path_codes(self):
        """Return the codes from the largest region down to this one: DEA, DEA2, DEA23."""
        return [self.code[:length] for length in range(3, len(self.code) + 1)]

    def path(self):
        """Return the regions that contain this one, largest first, and this one. One query."""
        return list(Region.objects.filter(pk__in=self.path_codes()))


class OrganisationQuerySet(models.QuerySet):
    def by_name(self):
        return self.order_by(shown_text("name"), "pk")

    def by_country(self):
        return self.order_by("country", shown_text("name"), "pk")

    def for_list(self):
        return self.select_related("logo", "region")

    def for_detail(self):
        return self.for_list()

    def for_feed(self):
        return self.for_list()


class Organisation(models.Model):
    class Kind(models.TextChoices):
        FUNDER = "funder", _("Research funder")
        MINISTRY = "ministry", _("Ministry or government")
        UNIVERSITY = "university", _("Higher education")
        RESEARCH = "research", _("Research organisation")
        HOSPITAL = "hospital", _("Hospital")
        COMPANY = "company", _("Company")
        PUBLIC_BODY = "public-body", _("Other public body")
        NON_PROFIT = "non-profit", _("Non-profit or patients' organisation")
        INTERNATIONAL = "international", _("International or European institution")
        OTHER = "other", _("Other")

    search = Source(
        title="name",
        summary="",
        keys=("acronym",),
        texts=("city",),
        dates=(),
        order=("name", "pk"),
    )
    feed = FeedFields(
        title="name",
        summary="",
        image="logo",
        topics="",
        published_at="created_at",
        written_at="updated_at",
    )

    name = models.CharField(_("name"), max_length=250)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_("Last part of the page's address."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    description = RichTextField(_("description"), blank=True)
    country = CountryField()
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
    )
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north, for example 50.84673."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east, for example 4.35247."),
    )
    ror_id = models.CharField(
        _("ROR id"),
        max_length=40,
        blank=True,
        validators=[validate_ror],
        help_text=_("Address in the Research Organization Registry."),
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    logo = models.ForeignKey(
        "media.Image",
        verbose_name=_("logo"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last edited"), auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["country", "kind"], name="initiatives_org_country_kind"),
            models.Index(fields=["-updated_at"], name="initiatives_org_edited"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ror_id"],
                condition=~models.Q(ror_id=""),
                name="initiatives_organisation_ror_id_is_unique",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.acronym})" if self.acronym else self.name or self.slug

    def save(self, *args, **kwargs):
        with public_changes.record_public_change(self):
            super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("initiatives:organisation", args=[self.slug])

    @property
    def short_name(self):
        return self.acronym or self.name

    @property
    def has_coordinates(self):
        return self.latitude is not None and self.longitude is not None
