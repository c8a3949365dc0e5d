"""Forms for deciding on a review and for comments."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from backoffice.editing import label_of
from localisation import formats
from publishing.revisions import commentable_fields

#: Digits of the largest number that the databases have.
DIGITS = 18


class DetachedForm(forms.Form):
    """Form whose controls are within the item's form, but are sent with another."""

    use_required_attribute = False
    #: Id of the <form> that sends the controls.
    form_id = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["form"] = self.form_id


class DecisionForm(DetachedForm):
    """Approval, or a request for changes."""

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


class CommentForm(DetachedForm):
    """New comment."""

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
        self.fields["place"].widget.choices = commentable_fields(model, snapshot)


class ReplyForm(forms.Form):
    """Reply to a comment."""

    text = forms.CharField(max_length=5000)


def cleaned(form):
    """Return the form's cleaned data. Raises ValidationError."""
    if not form.is_valid():
        raise ValidationError(labelled_errors(form))
    return form.cleaned_data


def labelled_errors(form):
    """Return the form's errors as sentences that name their fields."""
    return [
        formats.named(label_of(form, name), error)
        for name, errors in form.errors.items()
        for error in errors
    ]
