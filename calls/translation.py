from modeltranslation.translator import TranslationOptions, register

from calls.models import (
    Call,
    CallContact,
    ConsortiumRule,
    FunderOffer,
    KeyDate,
    Project,
    ProjectParticipant,
    Question,
    Statistic,
)
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


@register(FunderOffer)
class FunderOfferTranslation(TranslationOptions):
    fields = ("programme", "eligible_costs", "ineligible_costs", "extra_step")


@register(ConsortiumRule)
class ConsortiumRuleTranslation(TranslationOptions):
    fields = ("clause", "section")


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("question", "answer")


@register(Statistic)
class StatisticTranslation(TranslationOptions):
    fields = ("note",)


@register(Project)
class ProjectTranslation(PublishableTranslation):
    fields = ("keywords", "fields_of_science")


@register(ProjectParticipant)
class ProjectParticipantTranslation(TranslationOptions):
    fields = ("note",)
