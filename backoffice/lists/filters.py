"""Filters of lists. None of them asks the database what it can offer."""

from datetime import timedelta

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.lists.completeness import without_text
from publishing.states import State


class StateFilter(SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


class ResponsibilityFilter(SimpleListFilter):
    """Filter by owner: the member of staff, or nobody."""

    title = _("owner")
    parameter_name = "owned_by"

    def lookups(self, request, model_admin):
        return [("me", _("Me")), ("nobody", _("Nobody"))]

    def queryset(self, request, queryset):
        owners = {"me": request.user, "nobody": None}
        if self.value() in owners:
            return queryset.filter(owner=owners[self.value()])
        return queryset


class CompletenessFilter(SimpleListFilter):
    """Filter by what is missing: one of the admin's `completeness_checks`."""

    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [
            (name, capfirst(check.label))
            for name, check in model_admin.completeness_checks.items()
        ]

    def __init__(self, request, params, model, model_admin):
        self.completeness_checks = model_admin.completeness_checks
        super().__init__(request, params, model, model_admin)

    def queryset(self, request, queryset):
        check = self.completeness_checks.get(self.value())
        return queryset.filter(check.condition()) if check else queryset


class ReviewFilter(SimpleListFilter):
    title = _("content check")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("overdue", _("Overdue")), ("none", _("No date set"))]

    def queryset(self, request, queryset):
        conditions = {"overdue": overdue(), "none": Q(review_on=None)}
        if self.value() in conditions:
            return queryset.filter(conditions[self.value()])
        return queryset


def overdue():
    """Return the condition of items that should have been reviewed before today."""
    return Q(review_on__lt=timezone.localdate())


class EditedFilter(SimpleListFilter):
    title = _("last edited")
    parameter_name = "edited"
    SINCE = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=31)}
    LONG_AGO = timedelta(days=366)

    def lookups(self, request, model_admin):
        return [
            ("day", _("In the last 24 hours")),
            ("week", _("In the last 7 days")),
            ("month", _("In the last month")),
            ("old", _("More than a year ago")),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        if self.value() == "old":
            return queryset.filter(updated_at__lt=now - self.LONG_AGO)
        if self.value() in self.SINCE:
            return queryset.filter(updated_at__gte=now - self.SINCE[self.value()])
        return queryset


class AltTextFilter(SimpleListFilter):
    """Filter by language in which an image that isn't decorative has no alternative text."""

    title = _("alternative text")
    parameter_name = "alt"

    def lookups(self, request, model_admin):
        return [
            (code, format_lazy(_("Missing in {language}"), language=name))
            for code, name in settings.LANGUAGES
        ]

    def queryset(self, request, queryset):
        if self.value() in dict(settings.LANGUAGES):
            is_empty = without_text("alt_text", self.value())
            return queryset.filter(is_empty, is_decorative=False)
        return queryset
