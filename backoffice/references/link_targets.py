"""Choices of the editor's dialog for links to items."""

from django.contrib.contenttypes.models import ContentType
from django.http import JsonResponse
from django.utils.translation import get_language, override

from backoffice.references.viewable import kind_of, viewable_types
from backoffice.text_search import filter_by_words
from localisation.languages import portal_languages

#: Choices of each type, and characters of a search that are looked for.
PER_TYPE = 8
MAX_QUERY = 200


def link_targets(request):
    """Return items of all types whose name has the words of `term`, for a combobox.

    Each choice is an address in `language`. For staff: wrap this view in `admin_view`.
    """
    term = request.GET.get("term", "")[:MAX_QUERY]
    language = request.GET.get("language")
    items = [item for key in viewable_types(request) for item in find_items(key, term)]
    notes = [item_note(item) for item in items]
    with override(language if language in portal_languages() else get_language()):
        results = [
            {"id": item.get_absolute_url(), "text": str(item), "note": text}
            for item, text in zip(items, notes, strict=True)
        ]
    return JsonResponse({"results": results, "pagination": {"more": False}})


def find_items(type_id, term):
    """Return items of one type with these words in their name, the last edited ones first."""
    model = ContentType.objects.get_for_id(type_id).model_class()
    name = "title" if hasattr(model, "title") else "name"
    items = filter_by_words(model._default_manager.all(), term, [name])
    return items.order_by("-updated_at")[:PER_TYPE]


def item_note(item):
    is_draft = not getattr(item, "is_published", True)
    return f"{kind_of(item)} – {item.get_state_display()}" if is_draft else kind_of(item)
