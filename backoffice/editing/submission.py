"""Values that the form of an item sends beside its fields: the reason, notes, versions."""

from localisation.languages import portal_languages

#: Characters of a reason or change note.
MAX_LENGTH = 300


def reason_of(request):
    return request.POST.get("_reason", "")[:MAX_LENGTH]


def change_notes_of(request):
    """Return the notes on the change for readers, by language."""
    codes = portal_languages()
    return {code: request.POST.get(f"_change_note_{code}", "")[:MAX_LENGTH] for code in codes}


def seen_version(request):
    """Return the number of the version that the form was opened on, or None."""
    return version_number(request.POST.get("_seen"))


def overruled_version(request):
    """Return the number of the version over which the editor insists on the form, or None."""
    return version_number(request.POST.get("_overrule"))


def version_number(text):
    return int(text[:9]) if text and text.isdecimal() else None
