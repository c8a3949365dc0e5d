import re

from django.db import models

from calls.models import CallContact
from media.models import Image
from portal.demo import META_KEYS, MODELS_BY_FOLDER, loader, read_entries, translated_fields

ENTRIES = {folder: read_entries(folder) for folder in MODELS_BY_FOLDER}


def rows_of(entry):
    for name, value in entry.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield name, value


def all_entries():
    for folder, entries in ENTRIES.items():
        for slug, entry in entries.items():
            yield MODELS_BY_FOLDER[folder], f"{folder}/{slug}", entry


def test_no_slug_stands_twice_in_a_type():
    for folder in MODELS_BY_FOLDER:
        text = "\n".join(p.read_text() for p in (loader.CONTENT / folder).glob("*.toml"))
        slugs = re.findall(r"^\[([\w-]+)\]$", text, re.MULTILINE)
        assert len(slugs) == len(set(slugs))


def references(model, entry):
    """Yield (model, name) of everything that the entry and its rows refer to."""
    for name, value in entry.items():
        if name in META_KEYS:
            continue
        field = model._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            yield field.related_model, value
        elif field.many_to_many:
            yield from ((field.related_model, each) for each in value)
        elif field.one_to_many:
            for row in value:
                yield from references(field.related_model, row)


def test_all_that_the_content_refers_to_exists():
    known = {MODELS_BY_FOLDER[folder]: set(entries) for folder, entries in ENTRIES.items()}
    known[Image] = set(read_entries("pictures"))
    for model, where, entry in all_entries():
        for related, name in references(model, entry):
            assert name in known[related], f"{where} refers to {name}"


def test_links_between_the_pages_of_the_demo_lead_somewhere():
    folders = {"projects": "projects", "calls": "calls", "initiatives": "initiatives"}
    folders |= {"news": "news", "events": "events", "pages": "pages"}
    for _model, where, entry in all_entries():
        links = re.findall(r'href="/(?:en|fr|nl)/([\w-]+)/([\w-]+)/"', str(entry))
        documents = [
            ("documents", slug) for slug in re.findall(r'"/documents/([\w-]+)/', str(entry))
        ]
        for section, slug in links + documents:
            assert slug in ENTRIES[folders.get(section, section)], f"{where} links to {slug}"


def languages_of(entry, model):
    texts = entry.get("title") or entry.get("name")
    return set(texts) if isinstance(texts, dict) else {"en", "fr", "nl"}


def test_required_texts_of_rows_are_in_each_language_of_their_item():
    for model, where, entry in all_entries():
        for name, rows in rows_of(entry):
            row_model = model._meta.get_field(name).related_model
            for row in rows:
                for field in translated_fields(row_model):
                    texts = row.get(field)
                    if isinstance(texts, dict) and not row_model._meta.get_field(field).blank:
                        missing = languages_of(entry, model) - set(texts)
                        assert not missing, f"{where}, {name}: {field} lacks {missing}"


def test_fictional_items_only_name_reserved_hosts():
    for path in loader.CONTENT.glob("*/*.toml"):
        if path.name.startswith(("2-", "3-")) or path.name == "documents.toml":
            hosts = re.findall(r"https?://([^/\"'\s<]+)", path.read_text())
            assert all(host.endswith("example.org") for host in hosts), path.name


def test_nobody_real_gets_mail(demo, db):
    addresses = CallContact.objects.exclude(email="").values_list("email", flat=True)

    assert addresses
    assert all(re.search(r"[@.]example\.org$", address) for address in addresses)


def test_each_change_changes_something_and_nothing_else_changes():
    for _model, where, entry in all_entries():
        rows = [row for _name, rows in rows_of(entry) for row in rows]
        told = {number for each in (entry, *rows) for number in each.get("before", {})}
        told |= {str(row["since"]) for row in rows if "since" in row}
        assert told == set(entry.get("changes", {})), where
