"""Filters of lists. None of them asks the database what it can offer."""

from datetime import timedelta

from django.conf import settings
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.gaps import without_text
from backoffice.widgets import RelationSelect
from publishing.states import State


class StateFilter(SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() else queryset


class ResponsibilityFilter(SimpleListFilter):
    """What the member of staff answers for, and what nobody does."""

    title = _("owner")
    parameter_name = "owned_by"

    def lookups(self, request, model_admin):
        return [("me", _("Me")), ("nobody", _("Nobody"))]

    def queryset(self, request, queryset):
        owners = {"me": request.user, "nobody": None}
        if self.value() in owners:
            return queryset.filter(owner=owners[self.value()])
        return queryset


class GapFilter(SimpleListFilter):
    """Items that lack what their admin's `gaps` expects of them: a translation, a date."""

    title = _("what is missing")
    parameter_name = "lacks"

    def lookups(self, request, model_admin):
        return [(name, capfirst(gap.label)) for name, gap in model_admin.gaps.items()]

    def __init__(self, request, params, model, model_admin):
        self.gaps = model_admin.gaps
        super().__init__(request, params, model, model_admin)

    def queryset(self, request, queryset):
        gap = self.gaps.get(self.value())
        return queryset.filter(gap.condition()) if gap else queryset


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
    """Condition: should have been reviewed before today."""
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
    """Images that tell something, but not to those who don't see them."""

    title = _("alternative text")
    parameter_name = "alt"

    def lookups(self, request, model_admin):
        return [
            (code, format_lazy(_("Missing in {language}"), language=name))
            for code, name in settings.LANGUAGES
        ]

    def queryset(self, request, queryset):
        if self.value() in dict(settings.LANGUAGES):
            lacking = without_text("alt_text", self.value())
            return queryset.filter(lacking, is_decorative=False)
        return queryset


class PickerFilter(SimpleListFilter):
    """Narrows to one related object, which is searched for: see `picker()`."""

    template = "admin/picker_filter.html"
    path = ""

    def __init__(self, request, params, model, model_admin):
        self.field = model._meta.get_field(self.path)
        self.title = self.field.verbose_name
        self.parameter_name = self.path
        self.admin_site = model_admin.admin_site
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return []

    def has_output(self):
        return True

    def choices(self, changelist):
        """The parameters that choosing keeps, as pairs of name and value."""
        dropped = {self.parameter_name, "p", "e"}
        return [pair for pair in changelist.params.items() if pair[0] not in dropped]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        try:
            key = self.field.target_field.to_python(self.value())
        except ValidationError as error:
            raise IncorrectLookupParameters(error) from error
        return queryset.filter(**{self.path: key})

    @cached_property
    def widget(self):
        widget = RelationSelect(self.field, self.admin_site)
        widget.known = list(widget.fetch([self.value()])) if self.value() else []
        return widget

    @property
    def chosen(self):
        """What the list is narrowed to, or None."""
        return next(iter(self.widget.known), None)

    def render_control(self):
        attrs = {"id": f"filter_{self.path}", "data-submits": ""}
        return self.widget.render(self.parameter_name, self.value(), attrs)


def picker(path):
    """Filter class that narrows a list by a foreign key or many-to-many field."""
    return type("PickerFilter", (PickerFilter,), {"path": path})
