"""Whether a publication shows readers of a language anything that they haven't seen."""

from django.conf import settings
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import resolution_order

from publishing.languages import localized, portal_languages
from publishing.models.public_change import PublicChange
from publishing.models.revision import Revision
from publishing.snapshots import row_relations

#: What isn't shown, or is no news: a feed's entry has not changed when its address has.
UNSEEN = {"slug", "owner_id", "review_on", "seo_title", "seo_description"}


def note(item, revision):
    """Keep in which languages a published revision has changed what readers see.

    Whatever comes back after it was hidden counts as changed.
    """
    before = _replaced(item, revision)
    sources = {code: _source(type(item), code, before, revision) for code in portal_languages()}
    known = _languages_known(item) if before else set()
    PublicChange.objects.keep(
        PublicChange(
            content_type_id=revision.content_type_id,
            object_id=item.pk,
            language=code,
            changed_at=item.last_published_at if source is revision else source.created_at,
            number=source.number,
        )
        for code, source in sources.items()
        if source is revision or code not in known
    )


def _languages_known(item):
    rows = PublicChange.objects.of_type(type(item)).filter(object_id=item.pk)
    return set(rows.values_list("language", flat=True))


def _replaced(item, revision):
    """The version that readers saw until this one, or None where they saw none."""
    if revision.number == 1:
        return None
    kinds = Revision.Kind
    shown = [kinds.PUBLISHED, kinds.UNPUBLISHED, kinds.DELETED]
    earlier = Revision.objects.of(item).filter(number__lt=revision.number, kind__in=shown)
    newest = earlier.first()
    return newest if newest and newest.kind == kinds.PUBLISHED else None


def _source(model, language, before, revision):
    """The revision that brought what is now seen: the new one, or the one before."""
    if before and _seen(model, before.data, language) == _seen(model, revision.data, language):
        return before
    return revision


def _seen(model, snapshot, language):
    """A snapshot as readers of a language see it, with fallbacks as the page has them."""
    fields = _shown(model, snapshot["fields"], language)
    rows = {
        relation.name: [
            _shown(relation.related_model, row["fields"], language)
            for row in snapshot["rows"].get(relation.name, [])
        ]
        for relation in row_relations(model)
    }
    return fields, snapshot["links"], rows


def _shown(model, values, language):
    names = _translated(model)
    columns = {
        localized(n, code) for n in names for code in settings.MODELTRANSLATION_LANGUAGES
    }
    order = resolution_order(language)
    shown = {key: value for key, value in values.items() if key not in columns | UNSEEN}
    for name in names - UNSEEN:
        texts = (values.get(localized(name, code)) for code in order)
        shown[name] = next(filter(None, texts), "")
    return shown


def _translated(model):
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()
