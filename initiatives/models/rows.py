"""Rows of an initiative: figures, milestones, resources."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative
from initiatives.models.organisation import Organisation
from localisation.fields import DatePrecision, LanguageField
from publishing.models import Row


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
        return link_of(self)


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
        return link_of(self)


def link_of(row):
    """Return the URL of a row's document if it is available, else its link, or ""."""
    if row.document and row.document.is_available:
        return row.document.get_absolute_url()
    return row.url
