"""The report of broken links: a list that leads to the fields, a panel of the start page."""

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst, format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from backoffice import desk
from backoffice.content import PortalAdmin
from backoffice.mentions import form_url, kind_of, may_view, viewable_types
from publishing.jobs import last_run
from publishing.models import BrokenLink
from publishing.references import check_links_tonight
from publishing.revisions import changes
from publishing.richtext import links


class TypeFilter(SimpleListFilter):
    title = _("type")
    parameter_name = "type"

    def lookups(self, request, model_admin):
        types = [ContentType.objects.get_for_id(key) for key in model_admin.types(request)]
        return [(t.model, capfirst(t.model_class()._meta.verbose_name_plural)) for t in types]

    def queryset(self, request, queryset):
        return queryset.filter(content_type__model=self.value()) if self.value() else queryset


@admin.register(BrokenLink)
class BrokenLinkAdmin(PortalAdmin):
    """What the last check found, for whoever may look at items of the type. The portal itself
    writes it: a link leaves the list once it is mended and checked again."""

    menu_order = 60
    change_list_template = "admin/broken_links.html"
    list_display = ["stands_in", "place", "leads_to", "what_is_wrong", "since"]
    list_display_links = None
    list_filter = [TypeFilter, "problem", "is_external"]
    ordering = ["-since", "-pk"]
    sortable_by = ["since"]
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return bool(self.types(request)) and obj is None

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def types(self, request):
        """Keys of the content types that this member of staff may look at."""
        if not hasattr(request, "viewable_types"):
            request.viewable_types = viewable_types(request)
        return request.viewable_types

    def get_queryset(self, request):
        found = super().get_queryset(request).filter(content_type__in=self.types(request))
        return found.prefetch_related("item")

    def changelist_view(self, request, extra_context=None):
        shown = {"last_check": last_check(), **(extra_context or {})}
        return super().changelist_view(request, shown)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        name_targets(request, changelist.result_list)
        return changelist

    @admin.display(description=_("item"))
    def stands_in(self, link):
        if link.item is None:  # deleted since the check
            return "–"
        return format_html('<a href="{}">{}</a>', field_url(link), link.item)

    @admin.display(description=_("field"))
    def place(self, link):
        return place_label(link)

    @admin.display(description=_("address"))
    def leads_to(self, link):
        return format_html('<span class="address">{}</span>', link.target)

    @admin.display(description=_("problem"), ordering="problem")
    def what_is_wrong(self, link):
        return problem_label(link)

    def desk_panels(self, request):
        if not self.has_view_permission(request):
            return []
        return [panel(request, self.get_queryset(request))]


def panel(request, broken):
    """The newest broken links, and how many there are."""
    newest, title = list(broken[: desk.LIMIT]), _("Broken links")
    name_targets(request, newest)
    count = broken.count() if len(newest) == desk.LIMIT else len(newest)
    return desk.Panel(
        key="links",
        title=format_lazy("{title} ({count})", title=title, count=count) if count else title,
        order=25,
        entries=[entry(link) for link in newest if link.item],
        empty="" if newest else _("There are no known broken links.") + " " + last_check(),
        is_latest_first=True,
    )


def entry(link):
    notes = (problem_label(link), link.target[:100])
    return desk.Entry(str(link.item), field_url(link), kind_of(link.item), link.since, notes)


def last_check():
    """When all links were checked last, in words."""
    at = last_run(check_links_tonight)
    if at is None:
        return _("The nightly check has not run yet.")
    at = date_format(localtime(at), "SHORT_DATETIME_FORMAT")
    return _("Last nightly check: %(at)s.") % {"at": at}


def name_targets(request, broken):
    """Give these links `target`, which is what staff call the address: of an item its title, or
    its kind where it is gone or may not be viewed. One query a model."""
    identities = {link: links.identity(link.address) for link in broken}
    wanted = {}
    for target in filter(None, identities.values()):
        wanted.setdefault(target.model, set()).add(target.key)
    items = {
        model: model._base_manager.in_bulk(keys) if may_view(request, model) else {}
        for model, keys in wanted.items()
    }
    for link, target in identities.items():
        link.target = link.address
        if target:
            item = items[target.model].get(target.key)
            link.target = str(item or capfirst(target.model._meta.verbose_name))


def problem_label(link):
    """ "The other site says that there is no such page (404)"."""
    text = link.get_problem_display()
    return f"{text} ({link.answer})" if link.answer else text


def place_label(link):
    """The field's name on the form, with its language; of a row, with the kind of row."""
    place = ("rows", link.rows, 0, link.column) if link.rows else ("fields", link.column)
    try:
        model = ContentType.objects.get_for_id(link.content_type_id).model_class()
        return changes.place_label(model, place)
    except (LookupError, StopIteration, FieldDoesNotExist):  # it has been renamed since
        return link.column


def field_url(link):
    """Address of the field on the item's form; of rows, of the section that holds them."""
    place = f"{link.rows}-heading" if link.rows else f"id_{link.column}"
    return f"{form_url(link.item)}#{place}"
