from modeltranslation.translator import TranslationOptions, register

from calls.models import Call, CallContact, KeyDate, Project, ProjectParticipant
from publishing.translation import PublishableTranslation


@register(Call)
class CallTranslation(PublishableTranslation):
    fields = ("aim", "eligibility")


@register(KeyDate)
class KeyDateTranslation(TranslationOptions):
    fields = ("note",)


@register(CallContact)
class CallContactTranslation(TranslationOptions):
    fields = ("function",)


@register(Project)
class ProjectTranslation(PublishableTranslation):
    fields = ("keywords",)


@register(ProjectParticipant)
class ProjectParticipantTranslation(TranslationOptions):
    fields = ("note",)
