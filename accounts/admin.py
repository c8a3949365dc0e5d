"""Admin of staff accounts and roles."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from backoffice.base import AdminDefaults
from backoffice.forms import FormControls
from localisation import formats

VERBS = {
    "add": _("add"),
    "change": _("change"),
    "delete": _("delete"),
    "view": _("view"),
    "approve": _("approve"),
    "publish": _("publish"),
}

admin.site.unregister(Group)


@admin.register(User)
class StaffAdmin(AdminDefaults, FormControls, UserAdmin):
    """Admin of accounts. Permissions come from roles alone."""

    form = UserAdmin.form
    menu_order = 90
    is_open_to_choose = True
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (
            _("Personal details"),
            {"fields": ["display_name", "email", ("language", "time_zone")]},
        ),
        (
            _("Permissions"),
            {"fields": ["is_active", "is_staff", "groups", "is_superuser"]},
        ),
        (_("Sign-ins"), {"fields": [("last_login", "date_joined")]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    search_fields = ["username", "display_name", "email"]
    list_display = ["username", "full_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "is_superuser"]
    ordering = ["username"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        """Let only superusers grant superuser status."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, "is_superuser"]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and may_manage(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and may_manage(request.user, obj)

    def get_search_results(self, request, queryset, search_term):
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.filter(is_staff=True, is_active=True)
        return super().get_search_results(request, queryset, search_term)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("name"))
    def full_name(self, user):
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all())

    def choice_note(self, item):
        return item.get_full_name()


def may_manage(user, account):
    return user.is_superuser or not (account and account.is_superuser)


@admin.register(Group)
class RoleAdmin(AdminDefaults, FormControls, GroupAdmin):
    menu_order = 92
    filter_horizontal = []

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = forms.CheckboxSelectMultiple
        kwargs["queryset"] = grantable_permissions()
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label_from_instance = permission_label
        return field


def grantable_permissions():
    """Return the permissions for models in the admin; nothing checks the others."""
    wanted = Q()
    for model in admin.site._registry:
        options = model._meta
        wanted |= Q(
            content_type__app_label=options.app_label, content_type__model=options.model_name
        )
    return Permission.objects.filter(wanted).select_related("content_type")


def permission_label(permission):
    """Return a label such as "Call: publish", in the language of the admin."""
    model = permission.content_type.model_class()
    verb = permission.codename.removesuffix(f"_{permission.content_type.model}")
    return formats.named(capfirst(model._meta.verbose_name), VERBS.get(verb, permission.name))
