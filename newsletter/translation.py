from modeltranslation.translator import TranslationOptions, register

from newsletter.models import Edition


@register(Edition)
class EditionTranslation(TranslationOptions):
    fields = ("subject", "introduction")
