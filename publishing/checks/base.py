"""Registry of publishing checks, and the findings they produce."""

from dataclasses import dataclass, replace
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from localisation import formats
from publishing.revisions import snapshots


class Level(models.TextChoices):
    ERROR = "error", gettext_lazy("Must be fixed before publishing")
    WARNING = "warning", gettext_lazy("Needs a reason if you publish anyway")


@dataclass(frozen=True)
class Finding:
    """A problem found before publishing, with the form control it concerns.

    `field` is the name of a form field. For a field of a row, `rows` is the row's relation and
    `index` its position from 0; with `rows` alone, the finding concerns the whole relation.
    """

    level: Level
    #: What is wrong and how to fix it, for staff.
    message: str
    field: str = ""
    rows: str = ""
    index: int | None = None
    #: Name of the check and label of the field; `run_checks` fills them in.
    check: str = ""
    label: str = ""

    def __str__(self):
        return formats.named(self.label, self.message)

    @property
    def anchor(self):
        """Id of the control in the item's form, or "" if there is none."""
        if self.rows and self.field:
            return f"id_{self.rows}-{self.index}-{self.field}"
        if self.rows:
            return f"{self.rows}-heading"
        return f"id_{self.field}" if self.field else ""


error = partial(Finding, Level.ERROR)
warning = partial(Finding, Level.WARNING)

#: model -> checks of it and its subclasses
_checks = {}


def check(*models):
    """Register a check for these models; a decorator.

    A check receives an item and yields findings. The item is in memory with its rows
    prefetched: order and filter them in Python, not with queries.
    """

    def register(function):
        for model in models:
            _checks.setdefault(model, []).append(function)
        return function

    return register


def checks_of(model):
    """Return the checks registered for a model and its bases."""
    return [
        function
        for checked, functions in _checks.items()
        if issubclass(model, checked)
        for function in functions
    ]


def run_checks(item):
    """Run all checks on the item as it is in memory; return the findings, errors first."""
    model, item = type(item), in_memory(item)
    found = [
        replace(finding, check=function.__name__, label=label(model, finding))
        for function in checks_of(model)
        for finding in function(item)
    ]
    return sorted(found, key=lambda finding: finding.level != Level.ERROR)


def in_memory(item):
    """Return the item with rows and links prefetched, reloaded from a snapshot if needed."""
    parts = [*snapshots.row_relations(type(item)), *snapshots.link_fields(type(item))]
    held = getattr(item, "_prefetched_objects_cache", {})
    if all(part.name in held for part in parts):
        return item
    return snapshots.load(item, snapshots.dump(item))


def label(model, finding):
    """Return the form's label of a finding: "Summary (French)", "Key date 2 – When"."""
    if not finding.rows:
        return field_label(model, finding.field) if finding.field else ""
    relation = model._meta.get_field(finding.rows)
    options = relation.related_model._meta
    if not finding.field:
        return capfirst(options.verbose_name_plural)
    name = field_label(relation.related_model, finding.field)
    return f"{capfirst(options.verbose_name)} {finding.index + 1} – {name}"


def field_label(model, name):
    field = model._meta.get_field(name)
    original = getattr(field, "translated_field", None)
    if original is None:
        return str(capfirst(field.verbose_name))
    return f"{capfirst(original.verbose_name)} ({language_name(field.language)})"


def language_name(code):
    return str(dict(settings.LANGUAGES).get(code, code))


class NotReady(ValidationError):
    """Refusal to publish; `findings` lists the reasons, errors first."""

    def __init__(self, found):
        self.findings = found
        super().__init__([str(finding) for finding in found], code="not_ready")

    @cached_property
    def needs_reason_only(self):
        return all(finding.level == Level.WARNING for finding in self.findings)


def require_ready_to_publish(item, reason=""):
    """Raise NotReady if the item has errors, or warnings and no `reason` is given.

    `item` is the version that would go live; it may be in memory only.
    """
    require_ready(run_checks(item), reason)


def require_ready(found, reason=""):
    """Raise NotReady if there are errors, or warnings and no `reason` is given."""
    error = NotReady(found)
    if found and not (error.needs_reason_only and reason.strip()):
        raise error
