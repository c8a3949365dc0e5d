"""Forms of the funders' matrix and the consortium checker, read from the query string."""

from functools import cached_property

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.forms import AmountField, AmountInput
from calls.consortium import SELF_FUNDED, Partner
from calls.funders import Place, funder_places
from initiatives.models import Organisation
from localisation import formats
from localisation.fields import country_choices

NOT_CHOSEN = ("", "–")
KINDS = [NOT_CHOSEN, *Organisation.Kind.choices]
CHOICE_ERROR_MESSAGES = {"invalid_choice": gettext_lazy("Choose an option from the list.")}
#: Maximum number of partners, which keeps the URL at a safe length.
MAX_PARTNERS = 20
DEFAULT_ROWS = 3


class OptionalChoiceField(forms.ChoiceField):
    default_error_messages = CHOICE_ERROR_MESSAGES

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)


class MatrixForm(forms.Form):
    """Filter of the funders' matrix by place and kind of organisation of the reader."""

    place = OptionalChoiceField(label=gettext_lazy("I am based in"))
    kind = OptionalChoiceField(label=gettext_lazy("I work for"))

    def __init__(self, data, offers):
        super().__init__(data)
        self.places = funder_places(offers)
        choices = [(code, label) for code, (label, _place) in self.places.items()]
        self.fields["place"].choices = [("", _("any country or region")), *choices]
        self.fields["kind"].choices = [
            ("", _("any kind of organisation")),
            *Organisation.Kind.choices,
        ]

    def reader(self):
        """Return {"place": Place or None, "kind": kind or ""}; invalid values are left out."""
        self.is_valid()
        _label, place = self.places.get(self.cleaned_data.get("place"), ("", None))
        return {"place": place, "kind": self.cleaned_data.get("kind", "")}


class PartnerForm(forms.Form):
    """Form of one partner; `number`, from 1, is the suffix of its parameters: `place1`."""

    place = OptionalChoiceField(label=gettext_lazy("Country or region"))
    kind = OptionalChoiceField(label=gettext_lazy("Kind of organisation"), choices=KINDS)
    funder = OptionalChoiceField(label=gettext_lazy("Funder"))
    role = OptionalChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", gettext_lazy("Partner")), ("coordinator", gettext_lazy("Coordinator"))],
    )
    amount = AmountField(
        label=gettext_lazy("Amount requested"),
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=2,
        widget=AmountInput(attrs={"maxlength": 24, "autocomplete": "off"}),
        help_text=gettext_lazy("In the funder's currency."),
    )

    def __init__(self, data, *, number, options):
        super().__init__(data, prefix=str(number))
        self.number = number
        self.options = options
        self.fields["place"].choices = options.places
        self.fields["funder"].choices = options.funders

    def add_prefix(self, field_name):
        return f"{field_name}{self.prefix}"

    @property
    def is_empty(self):
        return not any(self[name].value() for name in self.fields)

    def partner(self):
        """Return the Partner that was entered. Requires a valid form."""
        data = self.cleaned_data
        place = self.options.known_places.get(data["place"], Place(data["place"]))
        return Partner(
            number=self.number,
            country=place.country,
            region=place.region,
            kind=data["kind"],
            funder=data["funder"],
            is_coordinator=data["role"] == "coordinator",
            amount=data["amount"],
        )


class Options:
    """Choices of place and funder, shared by the forms of all partners."""

    def __init__(self, offers):
        places = funder_places(offers)
        self.known_places = {code: place for code, (_label, place) in places.items()}
        of_funders = [(code, label) for code, (label, _place) in places.items()]
        others = [pair for pair in country_choices() if pair[0] not in places]
        groups = [(_("Countries of the funders"), of_funders), (_("Other countries"), others)]
        self.places = [NOT_CHOSEN, *((name, group) for name, group in groups if group)]
        funders = [(offer.slug, offer.organisation.short_name) for offer in offers]
        self.funders = [NOT_CHOSEN, *funders, (SELF_FUNDED, _("Self-funded"))]


class ConsortiumForm:
    """Forms of all partners, from parameters `place1`, `kind1`, … `place2`, …, and `rows`.

    `rows` is the number of partners that the page has room for.
    """

    def __init__(self, params, offers):
        self.params = params
        options = Options(offers)
        self.forms = [
            PartnerForm(params if self.is_filled else None, number=number, options=options)
            for number in range(1, self.rows + 1)
        ]

    @cached_property
    def rows(self):
        rows = self.params.get("rows", "")
        requested = int(rows) if rows.isascii() and rows.isdigit() and len(rows) < 4 else 0
        numbers = [
            number for number in range(1, MAX_PARTNERS + 1) if self.partner_params(number)
        ]
        return min(max([requested or DEFAULT_ROWS, *numbers]), MAX_PARTNERS)

    def partner_params(self, number):
        """Return the parameters of one partner as {field name: value}, without empty ones."""
        values = {
            name: self.params.get(f"{name}{number}", "") for name in PartnerForm.base_fields
        }
        return {name: value for name, value in values.items() if value.strip()}

    @cached_property
    def is_filled(self):
        return any(self.partner_params(number) for number in range(1, MAX_PARTNERS + 1))

    @property
    def can_add(self):
        return self.rows < MAX_PARTNERS

    @property
    def can_remove(self):
        return self.rows > 1

    @cached_property
    def errors(self):
        """List of (message, id of the control)."""
        if not self.is_filled:
            return []
        errors_of_partners = [
            (
                formats.named(f"{self.label(form)}, {form[name].label}", error),
                form[name].auto_id,
            )
            for form in self.forms
            for name, errors in form.errors.items()
            for error in errors
        ]
        return errors_of_partners + self.consortium_errors()

    def label(self, form):
        return _("Partner %(number)d") % {"number": form.number}

    def consortium_errors(self):
        roles = [form["role"] for form in self.forms if form.cleaned_data.get("role")]
        message = _("Name one coordinator only.")
        return [(message, roles[1].auto_id)] if len(roles) > 1 else []

    def partners(self):
        """Return the Partners that were entered. Requires a form without errors."""
        return [form.partner() for form in self.forms if not form.is_empty]

    def canonical_query(self):
        """Return the canonical query string, with the parameters `add` and `remove` applied.

        It has non-empty values only; partners are renumbered after one was removed.
        """
        partners = [self.partner_params(number) for number in range(1, self.rows + 1)]
        removed = self.params.get("remove", "")
        if removed in map(str, range(1, self.rows + 1)) and self.can_remove:
            del partners[int(removed) - 1]
        if "add" in self.params and self.can_add:
            partners.append({})
        query = QueryDict(mutable=True)
        if len(partners) != DEFAULT_ROWS:
            query["rows"] = str(len(partners))
        for number, values in enumerate(partners, start=1):
            query.update({f"{name}{number}": value for name, value in values.items()})
        return query.urlencode()
