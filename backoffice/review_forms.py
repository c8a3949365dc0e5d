"""What staff fill in to ask for a review, to decide on it, and to comment."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from backoffice.templatetags.staff import staff_name
from backoffice.typed import label_of
from backoffice.widgets import ChosenOptions, DateInput
from localisation import formats
from publishing import workflow
from publishing.revisions import places

#: What a reviewer is given unless somebody chooses another day.
TIME_TO_REVIEW = timedelta(days=7)
#: Digits of the largest number that the databases hold.
DIGITS = 18


class ReviewerSelect(ChosenOptions, forms.Select):
    """Searches for the reviewer at `url`: the page needn't know all who may review."""

    def __init__(self, url):
        super().__init__({"data-combobox-url": url})

    def chosen(self, keys):
        field = self.choices.field
        known = [key for key in keys if key.isdecimal() and len(key) <= DIGITS]
        found = field.queryset.filter(pk__in=known) if known else []
        return [(str(user.pk), field.label_from_instance(user)) for user in found]


class ReviewerField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return staff_name(user)


class AskForm(forms.Form):
    """Asks a colleague for a review. With `search_url`, the reviewer is searched for there."""

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
        field.queryset = workflow.approvers(model, besides=user)
        self.fields["due_on"].initial = timezone.localdate() + TIME_TO_REVIEW

    def submit(self, item, by):
        """The Review that is asked for; None, and errors in the form, if it is refused."""
        if not self.is_valid():
            return None
        try:
            return workflow.submit(item=item, by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None

    def linked_errors(self):
        """The form's errors as sentences that lead to their fields."""
        return [
            format_html('<a href="#{}">{}</a>: {}', field.id_for_label, field.label, error)
            for field in self
            for error in field.errors
        ] + list(self.non_field_errors())


class FormBeside(forms.Form):
    """Its controls stand within the item's form, but are sent with another."""

    use_required_attribute = False
    #: Id of the <form> that sends the controls.
    form_id = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["form"] = self.form_id


class DecisionForm(FormBeside):
    prefix = "decision"
    form_id = "review_form"

    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Required when you request changes."),
    )
    #: Number of the version that was looked at.
    seen = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class CommentForm(FormBeside):
    prefix = "comment"
    form_id = "comment_form"

    #: May also be a field of a row, which the list leaves out.
    place = forms.CharField(
        label=_("About"), required=False, max_length=200, widget=forms.Select
    )
    text = forms.CharField(
        label=_("Comment"), max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, model, snapshot, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].widget.choices = places(model, snapshot)


class ReplyForm(forms.Form):
    text = forms.CharField(max_length=5000)


def cleaned(form):
    """The form's cleaned data. Raises ValidationError."""
    if not form.is_valid():
        raise ValidationError(labelled_errors(form))
    return form.cleaned_data


def labelled_errors(form):
    """The form's errors as sentences that name their fields."""
    return [
        formats.named(label_of(form, name), error)
        for name, errors in form.errors.items()
        for error in errors
    ]
