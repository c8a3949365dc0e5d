"""Comments on a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from backoffice.item_pages import page_url
from backoffice.review.forms import DIGITS, CommentForm, ReplyForm, cleaned
from backoffice.review.pages import latest_review, review_page
from backoffice.review.panel import ReviewPanel
from publishing import workflow
from publishing.models import Comment


@require_POST
def comment(request, admin, item):
    """Add, answer, resolve or reopen a comment. A script gets the comments back."""
    panel = ReviewPanel(item, request.user, workflow.head(item))
    by_script = "fragment" in request.POST
    try:
        save_comment(request, item, panel)
    except ValidationError as error:
        if by_script:
            return HttpResponse(" ".join(error.messages), "text/plain", status=400)
        admin.message_user(request, " ".join(error.messages), messages.ERROR)
        return review_page(request, admin, item, panel)
    if not by_script:
        return HttpResponseRedirect(f"{page_url(item, 'review')}#comments")
    context = {"review": panel, "opts": admin.opts}
    return TemplateResponse(request, "admin/includes/comments.html", context)


def save_comment(request, item, panel):
    """Do what the button of a comment asks for. Raises ValidationError, and Http404."""
    if found := posted_comment(request, item, "resolve"):
        workflow.resolve_comment(comment=found, by=request.user)
    elif found := posted_comment(request, item, "reopen"):
        workflow.reopen_comment(comment=found, by=request.user)
    elif found := posted_comment(request, item, "reply"):
        form = ReplyForm({"text": request.POST.get(f"reply-{found.pk}", "")})
        workflow.reply(comment=found, by=request.user, **cleaned(form))
    else:
        form = CommentForm(request.POST, model=type(item), snapshot=panel.snapshot)
        panel.comment_form = form
        review = latest_review(item)
        data = cleaned(form)
        workflow.comment(
            review=review, by=request.user, text=data["text"], field_path=data["place"]
        )


def posted_comment(request, item, button):
    """Return the comment whose button was pressed, or None. Raises Http404."""
    if button not in request.POST:
        return None
    key = request.POST[button]
    if not key.isdecimal() or len(key) > DIGITS:
        raise Http404
    found = Comment.objects.of(item).filter(pk=key).first()
    if found is None:
        raise Http404
    return found
