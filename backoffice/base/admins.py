"""Bases of the model admins."""

from django.contrib import admin
from modeltranslation.admin import TranslationAdmin

from backoffice.base.defaults import AdminDefaults
from backoffice.forms import FormControls


class PortalAdmin(AdminDefaults, FormControls, admin.ModelAdmin):
    """Base for models without translated texts."""


class TranslatedAdmin(AdminDefaults, FormControls, TranslationAdmin):
    """Base for models with translated texts."""
