"""The form that asks a colleague for a review."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from backoffice.review.forms import DIGITS
from backoffice.templatetags.staff import staff_name
from backoffice.widgets import DateInput, SelectedOptionsMixin
from publishing import workflow

#: Time that a reviewer has unless somebody chooses another day.
TIME_TO_REVIEW = timedelta(days=7)


class ReviewerSelect(SelectedOptionsMixin, forms.Select):
    """Select that searches for the reviewer at `url`, so that the page needn't list all."""

    def __init__(self, url):
        super().__init__({"data-combobox-url": url})

    def chosen(self, keys):
        field = self.choices.field
        known = [key for key in keys if key.isdecimal() and len(key) <= DIGITS]
        found = field.queryset.filter(pk__in=known) if known else []
        return [(str(user.pk), field.label_from_instance(user)) for user in found]


class ReviewerField(forms.ModelChoiceField):
    """Choice of a colleague, by name."""

    def label_from_instance(self, user):
        return staff_name(user)


class ReviewRequestForm(forms.Form):
    """Request for a review. With `search_url`, the reviewer is searched for there."""

    prefix = "review"
    use_required_attribute = False

    reviewer = ReviewerField(label=_("Reviewer"), queryset=None)
    due_on = forms.DateField(label=_("Due"), widget=DateInput)
    message = forms.CharField(
        label=_("Message"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, model, user, search_url="", **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        if search_url:
            field.widget = ReviewerSelect(search_url)
        field.queryset = workflow.approvers(model, excluding=user)
        self.fields["due_on"].initial = timezone.localdate() + TIME_TO_REVIEW

    def submit(self, item, by):
        """Return the Review that is asked for; None, with errors in the form, if refused."""
        if not self.is_valid():
            return None
        try:
            return workflow.submit(item=item, by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None

    def linked_errors(self):
        """Return the form's errors as sentences that lead to their fields."""
        return [
            format_html('<a href="#{}">{}</a>: {}', field.id_for_label, field.label, error)
            for field in self
            for error in field.errors
        ] + list(self.non_field_errors())
