"""Detection of visible changes per language, for feeds and calendars."""

from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import resolution_order

from localisation.languages import localized, portal_languages
from publishing.models import Revision
from publishing.revisions import dump, dump_live, row_relations
from syndication.models import PublicChange

#: Fields that are not shown, or whose change does not count as news, such as the slug.
INVISIBLE_FIELDS = {"slug", "owner_id", "review_on", "seo_title", "seo_description"}


class Version(NamedTuple):
    """Snapshot that readers saw from `at` on."""

    data: dict
    at: datetime
    number: int = 0


def annotate_changed_at(queryset):
    """The items with `changed_at`: when what readers of the active language see last changed.

    The model has an attribute `feed` and a column `created_at`.
    """
    model = queryset.model
    change = PublicChange.objects.of_each(model).values("changed_at")
    return queryset.annotate(
        changed_at=Coalesce(Subquery(change), model.feed.written_at, "created_at")
    )


def record_change(item, revision, replaced, **kwargs):
    """Record in which languages a publication changed what readers see (`revision_recorded`).

    `replaced` is the revision that they saw until now; None where they saw none: whatever
    comes back after it was hidden counts as changed.
    """
    if revision.kind != Revision.Kind.PUBLISHED:
        return
    before = replaced and Version(replaced.data, replaced.created_at, replaced.number)
    after = Version(revision.data, item.last_published_at, revision.number)
    _store(item, before, after)


@contextmanager
def record_public_change(item):
    """Record the languages in which saving an item changes what readers see.

    For models without revisions: wrap the save in it.
    """
    model = type(item)
    with transaction.atomic():
        replaced = model._base_manager.select_for_update().filter(pk=item.pk).first()
        before = replaced and Version(dump(replaced), _written_at(replaced))
        yield
        _store(item, before, Version(dump_live(item), _written_at(item)))


def _written_at(item):
    return item.feed.value(item, "written_at")


def _store(item, before, after):
    model = type(item)
    sources = {code: _source(model, code, before, after) for code in portal_languages()}
    known = _languages_known(item) if before else set()
    PublicChange.objects.upsert(
        PublicChange(
            content_type=ContentType.objects.get_for_model(model),
            object_id=item.pk,
            language=code,
            changed_at=source.at,
            number=source.number,
        )
        for code, source in sources.items()
        if source is after or code not in known
    )


def _languages_known(item):
    rows = PublicChange.objects.of_type(type(item)).filter(object_id=item.pk)
    return set(rows.values_list("language", flat=True))


def _source(model, language, before, after):
    """Return the version that introduced the current content: `after`, or `before`."""
    if before and _visible_content(model, before.data, language) == _visible_content(
        model, after.data, language
    ):
        return before
    return after


def _visible_content(model, snapshot, language):
    """Return a snapshot as shown in a language, with the page's fallbacks."""
    fields = _visible_values(model, snapshot["fields"], language)
    rows = {
        relation.name: [
            _visible_values(relation.related_model, row["fields"], language)
            for row in snapshot["rows"].get(relation.name, [])
        ]
        for relation in row_relations(model)
    }
    return fields, snapshot["links"], rows


def _visible_values(model, values, language):
    names = _translated(model)
    columns = {
        localized(n, code) for n in names for code in settings.MODELTRANSLATION_LANGUAGES
    }
    order = resolution_order(language)
    shown = {
        key: value for key, value in values.items() if key not in columns | INVISIBLE_FIELDS
    }
    for name in names - INVISIBLE_FIELDS:
        texts = (values.get(localized(name, code)) for code in order)
        shown[name] = next(filter(None, texts), "")
    return shown


def _translated(model):
    try:
        return set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return set()
