"""Filters by a related object, which staff search for."""

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from backoffice.widgets import RelationSelect


class PickerFilter(SimpleListFilter):
    """Filter by one related object, which is searched for: see `picker()`."""

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
        """Return the parameters that choosing keeps, as pairs of name and value."""
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
        """The related object that the list is narrowed to, or None."""
        return next(iter(self.widget.known), None)

    def render_control(self):
        attrs = {"id": f"filter_{self.path}", "data-submits": ""}
        return self.widget.render(self.parameter_name, self.value(), attrs)


def picker(path):
    """Return a filter class that narrows a list by a foreign key or many-to-many field."""
    return type("PickerFilter", (PickerFilter,), {"path": path})
