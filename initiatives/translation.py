from modeltranslation.translator import TranslationOptions, register

from initiatives.models import (
    Initiative,
    KeyFigure,
    Milestone,
    Organisation,
    Participation,
    Region,
    Resource,
)
from publishing.translation import PublishableTranslation


@register(Initiative)
class InitiativeTranslation(PublishableTranslation):
    pass


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "acronym", "description")


@register(Region)
class RegionTranslation(TranslationOptions):
    fields = ("name",)


@register(Participation)
class ParticipationTranslation(TranslationOptions):
    fields = ("note",)


@register(KeyFigure)
class KeyFigureTranslation(TranslationOptions):
    fields = ("unit", "label", "note")


@register(Milestone)
class MilestoneTranslation(TranslationOptions):
    fields = ("title", "text")


@register(Resource)
class ResourceTranslation(TranslationOptions):
    fields = ("title", "group")
