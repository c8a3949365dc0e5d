"""Defaults of every model admin: lists that stay fast, forms that belong to the portal."""

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib.admin import ShowFacets
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import prefetch_related_objects
from django.utils import translation
from js_asset import Media

from backoffice.base.form_parts import SiteLinks, parts_context
from backoffice.base.protection import protecting_links
from backoffice.base.sections import sections
from backoffice.forms import datalists
from backoffice.lists import BoundedPaginator, PortalChangeList
from backoffice.text_search import column_names

#: The style sheet that the rich-text editor writes into the page.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"

MODULES = (
    "checks",
    "combobox",
    "errors",
    "language_tabs",
    "link_picker",
    "rich_text",
    "slug",
    "unsaved",
)


#: Characters of a search that are looked for: databases refuse endless patterns.
MAX_QUERY = 200


class AdminDefaults:
    """Mixin for every model admin of the portal."""

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 200
    #: Relations of which the columns of the list show something.
    list_prefetch_related = ()
    #: Place in the navigation, low numbers first; an app comes where its first model does.
    menu_order = 100
    #: Whether the start page offers to write a new one.
    is_quick_to_add = False
    #: Text from whose first language the address is made while it is typed.
    slug_source = None
    #: Whether staff who can't open these objects may still choose them in forms.
    is_open_to_choose = False
    #: Pages of one object beside its form: ItemPages.
    item_pages = ()
    #: Pages of the whole type beside its list: TypePages.
    type_pages = ()
    #: Parts of the page around a form: classes of FormPart, in any order.
    form_parts = (SiteLinks,)

    class Media:
        js = [forms.Script(f"js/admin/{name}.js", type="module") for name in MODULES]

    def get_urls(self):
        """Return the URLs of our pages, those of types first: "add/…" is no key."""
        pages = [*self.type_pages, *self.item_pages]
        return [page.url(self) for page in pages] + super().get_urls()

    # Lists -----------------------------------------------------------------------------

    def get_changelist(self, request, **kwargs):
        return PortalChangeList

    def response_action(self, request, queryset):
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.clean(key, None)
            except ValidationError as error:
                raise BadRequest("A selected item has no key that an item can have.") from error
        return super().response_action(request, queryset)

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term[:MAX_QUERY])

    def get_search_fields(self, request):
        return [
            column
            for path in super().get_search_fields(request)
            for column in column_names(self.model, path)
        ]

    def get_deleted_objects(self, objs, request):
        if protected := protecting_links(self.model, objs, request):
            return [], {}, set(), protected
        return super().get_deleted_objects(objs, request)

    # Forms -----------------------------------------------------------------------------

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and self.slug_source and db_field.name == "slug":
            field.widget.attrs["data-slug-source"] = self.slug_source
        return field

    def get_object(self, request, object_id, from_field=None):
        item = super().get_object(request, object_id, from_field or None)
        return item and self.open_item(request, item)

    def open_item(self, request, item):
        """Return the item as its form shows it, with what it refers to."""
        prefetch_related_objects([item], *self.relation_names())
        return item

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        inlines = context["inline_admin_formsets"]
        empty_rows = [inline.formset.empty_form for inline in inlines]
        context |= {
            "datalists": datalists(context["adminform"].form, *empty_rows),
            "sections": sections(context["adminform"], inlines),
            # Only the editor's import map and style need more than the site's policy allows.
            "media": Media.from_media(context["media"]).with_nonce(str(request.csp_nonce)),
            **parts_context(request, self, context, obj if obj and obj.pk else None),
        }
        render = csp_update({"style-src": [EDITOR_STYLE]})(super().render_change_form)
        return render(request, context, *args, obj=obj, **kwargs)

    # Elsewhere -------------------------------------------------------------------------

    def dashboard_panels(self, request):
        """Return the Panels that this type adds to the start page."""
        return []

    def choice_note(self, item):
        """Return what distinguishes this object from its namesakes in a list of choices."""
        return ""

    def site_links(self, item):
        """Return the item's addresses on the site: dicts of code, name and url (or None)."""
        if not hasattr(item, "get_absolute_url"):
            return []
        return [
            {"code": code, "name": name, "url": self.site_url(item, code)}
            for code, name in settings.LANGUAGES
        ]

    def site_url(self, item, language):
        with translation.override(language):
            return item.get_absolute_url()
