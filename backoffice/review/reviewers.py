"""Search for a reviewer."""

from django.db.models import Q
from django.http import JsonResponse

from backoffice.templatetags.staff import staff_name
from publishing import workflow

#: Colleagues that the search for a reviewer offers.
LIMIT = 50
#: Characters of a search that are looked for.
MAX_QUERY = 200


def reviewers(request, admin):
    """Return colleagues who may approve items of this type, for the combobox."""
    found = workflow.approvers(admin.model, excluding=request.user)
    for word in request.GET.get("term", "")[:MAX_QUERY].split():
        found = found.filter(Q(display_name__icontains=word) | Q(username__icontains=word))
    results = [
        {"id": str(user.pk), "text": staff_name(user), "note": user.get_username()}
        for user in found[:LIMIT]
    ]
    return JsonResponse({"results": results, "pagination": {"more": False}})
