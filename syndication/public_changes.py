"""Whether a publication shows readers of a language anything that they haven't seen."""

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

#: What isn't shown, or is no news: a feed's entry has not changed when its address has.
UNSEEN = {"slug", "owner_id", "review_on", "seo_title", "seo_description"}


class Version(NamedTuple):
    """What readers saw from an instant on, as a snapshot."""

    data: dict
    at: datetime
    number: int = 0


def with_changes(queryset):
    """The items with `changed_at`: when what readers of the active language see last changed.

    The model has an attribute `feed` and a column `created_at`.
    """
    model = queryset.model
    change = PublicChange.objects.of_each(model).values("changed_at")
    return queryset.annotate(
        changed_at=Coalesce(Subquery(change), model.feed.written_at, "created_at")
    )


def follow_revision(item, revision, replaced, **kwargs):
    """Record in which languages a publication changed what readers see (`revision_recorded`).

    `replaced` is the revision that they saw until now; None where they saw none: whatever
    comes back after it was hidden counts as changed.
    """
    if revision.kind != Revision.Kind.PUBLISHED:
        return
    before = replaced and Version(replaced.data, replaced.created_at, replaced.number)
    after = Version(revision.data, item.last_published_at, revision.number)
    _keep(item, before, after)


@contextmanager
def noted(item):
    """Keep in which languages saving an item changes what readers see.

    For what has no versions: wraps the save.
    """
    model = type(item)
    with transaction.atomic():
        replaced = model._base_manager.select_for_update().filter(pk=item.pk).first()
        before = replaced and Version(dump(replaced), _written_at(replaced))
        yield
        _keep(item, before, Version(dump_live(item), _written_at(item)))


def _written_at(item):
    return item.feed.value(item, "written_at")


def _keep(item, before, after):
    model = type(item)
    sources = {code: _source(model, code, before, after) for code in portal_languages()}
    known = _languages_known(item) if before else set()
    PublicChange.objects.keep(
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
    """The version that brought what is now seen: the new one, or the one before."""
    if before and _seen(model, before.data, language) == _seen(model, after.data, language):
        return before
    return after


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
