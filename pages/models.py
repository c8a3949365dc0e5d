"""Static pages: about, privacy, accessibility, how to use partnerships."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import Publishable, PublishableQuerySet, Row


class Menu(models.TextChoices):
    NONE = "", _("In no menu")
    HEADER = "header", _("Header")
    FOOTER = "footer", _("Footer")


class PageQuerySet(PublishableQuerySet):
    def in_menu(self, menu):
        return self.published().filter(menu=menu).order_by("menu_position", "pk")

    def for_detail(self):
        return super().for_detail().prefetch_related("points__image")


class Page(Publishable):
    rows = ("points",)

    menu = models.CharField(
        _("menu"), max_length=10, choices=Menu.choices, default=Menu.NONE, blank=True
    )
    menu_position = models.PositiveIntegerField(
        _("position in the menu"), default=0, help_text=_("Low numbers come first.")
    )

    objects = PageQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_absolute_url(self):
        return reverse("pages:detail", args=[self.slug])


class PagePoint(Row):
    """An illustrated point of a page."""

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="points"
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=1000)
    image = models.ForeignKey(
        "media.Image",
        verbose_name=_("image"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta(Row.Meta):
        verbose_name = _("illustrated point")
        verbose_name_plural = _("illustrated points")

    def __str__(self):
        return self.title or ""
