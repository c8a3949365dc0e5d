"""Sitemap: an index, and parts of at most `PART` pages of one section in one language.

A part covers a range of primary keys, so that rendering it only reads its own rows and pages do
not move between parts (https://www.sitemaps.org/protocol.html).
"""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.db.models.signals import post_delete, post_save
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from localisation.languages import localized, portal_languages, text_in
from publishing import signals
from publishing.jobs import nightly
from publishing.models import Publishable
from syndication.models import PublicChange, SitemapPart

#: Primary keys per part. The protocol allows 50,000 URLs, but a part is recomputed whenever one
#: of its pages changes.
PART = 1000

_sections = {}


@dataclass(frozen=True)
class Section:
    """Pages of one model. `text` is the translated field with the page's heading.

    `changed` is the column with the time of the last visible change.
    """

    name: str
    model: type
    text: str = "title"
    changed: str = "last_published_at"

    def public(self):
        is_publishable = issubclass(self.model, Publishable)
        objects = self.model._default_manager
        return objects.published() if is_publishable else objects.all()

    def rows(self, number):
        """Return the public rows of a part."""
        return self.public().filter(pk__gte=number * PART, pk__lt=(number + 1) * PART)

    def changes(self, number):
        """Return {language: last change} of the languages in which the part has pages."""
        latest = {
            code: Max(self.changed, filter=Q(**{f"{localized(self.text, code)}__gt": ""}))
            for code in portal_languages()
        }
        found = self.rows(number).aggregate(**latest)
        return {code: at for code, at in found.items() if at}

    def pages(self, number, language):
        """Return the part's pages in a language, as dicts from `page_entry`."""
        is_translated = {f"{localized(self.text, language)}__gt": ""}
        columns = ["slug", self.changed, *(localized(self.text, c) for c in portal_languages())]
        seen = self.visible_changes(number, language)
        return [
            page_entry(language, item.get_absolute_url, self.languages(item))
            | {"changed_at": seen.get(item.pk, getattr(item, self.changed))}
            for item in self.rows(number).filter(**is_translated).only(*columns).order_by("pk")
        ]

    def visible_changes(self, number, language):
        """Return {pk: last visible change in a language}, where known."""
        keys = PublicChange.objects.of_type(self.model).filter(
            language=language, object_id__range=(number * PART, (number + 1) * PART - 1)
        )
        return dict(keys.values_list("object_id", "changed_at"))

    def languages(self, item):
        return [code for code in portal_languages() if text_in(item, self.text, code)]

    def update_parts(self, number, at=None):
        """Update the SitemapParts of a part; `at` is the time of a change just made."""
        parts = SitemapPart.objects.filter(section=self.name, number=number)
        changes = self.changes(number)
        parts.exclude(language__in=changes).delete()
        for language, latest in changes.items():
            parts.update_or_create(
                section=self.name,
                language=language,
                number=number,
                defaults={"changed_at": at or latest},
            )


def register(name, model, **options):
    """Add a model's public pages to the sitemap as section `name` (without hyphens)."""
    _sections[name] = Section(name, model, **options)
    post_delete.connect(_update_on_commit, sender=model, dispatch_uid=f"sitemap {name}")
    if issubclass(model, Publishable):
        signals.published.connect(_update_on_signal, sender=model)
        signals.unpublished.connect(_update_on_signal, sender=model)
    else:
        post_save.connect(_update_on_commit, sender=model, dispatch_uid=f"sitemap {name}")


def _update_on_commit(sender, instance, **kwargs):
    key = instance.pk
    transaction.on_commit(lambda: _update_sections(sender, key), robust=True)


def _update_on_signal(sender, item, **kwargs):
    _update_sections(sender, item.pk)


def _update_sections(model, key):
    for section in _sections.values():
        if section.model is model:
            section.update_parts(key // PART, at=timezone.now())


@nightly
def rebuild():
    """Recompute all parts, to include changes made outside the workflow."""
    for section in _sections.values():
        highest = section.model._default_manager.aggregate(highest=Max("pk"))["highest"]
        numbers = range(highest // PART + 1) if highest is not None else []
        SitemapPart.objects.filter(section=section.name).exclude(number__in=numbers).delete()
        for number in numbers:
            section.update_parts(number)


def page_entry(language, address, languages):
    """Return a dict of a page's address and of its alternates in all its languages.

    `address` is a function that returns the address in the active language.
    """
    addresses = {code: address_in(code, address) for code in languages}
    alternates = [{"language": code, "address": text} for code, text in addresses.items()]
    if default := addresses.get(settings.LANGUAGE_CODE):
        alternates.append({"language": "x-default", "address": default})
    return {"address": addresses[language], "alternates": alternates}


def address_in(language, address):
    with override(language):
        return address()


def index(request):
    """Return the sitemap index."""
    parts = SitemapPart.objects.filter(section__in=_sections, language__in=portal_languages())
    if not parts:
        rebuild()
        parts = parts.all()
    context = {"parts": parts, "languages": portal_languages()}
    return _xml(request, "sitemaps/index.xml", context)


def part(request, section, language, number):
    """Return the pages of one part; 404 if it is empty."""
    if section not in _sections or language not in portal_languages():
        raise Http404
    return _pages(request, _sections[section].pages(int(number), language))


def lists(request, language, names):
    """Return the list pages with these URL names, in one language."""
    languages = portal_languages()
    if language not in languages:
        raise Http404
    return _pages(
        request, [page_entry(language, partial(reverse, name), languages) for name in names]
    )


def _pages(request, pages):
    if not pages:
        raise Http404
    return _xml(request, "sitemaps/part.xml", {"pages": pages})


def _xml(request, template, context):
    return render(request, template, context, content_type="application/xml")
