"""Publishing checks of calls and projects."""

from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from calls.models import Call, ConsortiumRule, KeyDate, Project
from publishing.checks import (
    check,
    contradicted_amounts,
    contradicted_dates,
    days_of,
    error,
    out_of_order,
    warning,
)

Rule = ConsortiumRule.Kind

#: Kinds in chronological order. Rebuttals and information days may be at any time.
STAGES = (
    KeyDate.Kind.PRE_ANNOUNCEMENT,
    KeyDate.Kind.PUBLICATION,
    KeyDate.Kind.OPENING,
    KeyDate.Kind.PRE_PROPOSAL,
    KeyDate.Kind.STAGE_1_RESULT,
    KeyDate.Kind.FULL_PROPOSAL,
    KeyDate.Kind.DECISION,
    KeyDate.Kind.PROJECT_START,
)


@check(Call)
def deadline(call):
    dates = call.key_dates.all()
    if not dates:
        yield error(_("The call has no deadline. Add the key dates."), rows="key_dates")
    elif not any(date.is_deadline for date in dates):
        message = _(
            "None of the key dates is a deadline. Add one, or explain why there is none."
        )
        yield warning(message, rows="key_dates")


@check(Call)
def contact(call):
    if not call.contacts.all():
        message = _("The call has no contact. Add one, so that readers know who to ask.")
        yield warning(message, rows="contacts")


@check(Call)
def budget(call):
    if not amounts(call):
        message = _("The call has no budget. Enter the total, or the budget of each funder.")
        yield warning(message, "budget")


@check(Call)
def rules_of_consortium(call):
    """Report a minimum that is above the maximum number of partners."""
    rules = list(enumerate(call.consortium_rules.all()))
    maxima = [
        rule.number for _i, rule in rules if rule.kind == Rule.MAX_PARTNERS and rule.number
    ]
    for index, rule in rules:
        is_minimum = rule.kind in (Rule.MIN_PARTNERS, Rule.MIN_COUNTRIES) and rule.number
        if maxima and is_minimum and rule.number > min(maxima):
            message = _(
                "No consortium can meet this rule: the number of partners is limited to "
                "%(number)d."
            )
            yield error(message % {"number": min(maxima)}, "number", "consortium_rules", index)


@check(Call)
def order_of_key_dates(call):
    """Report a stage whose last date is before the first date of the previous stage."""
    stages = [[d for d in numbered(call) if d[1].kind == kind] for kind in STAGES]
    for earlier, later in pairwise(filter(None, stages)):
        _index, first = min(earlier, key=lambda pair: pair[1].at)
        index, last = max(later, key=lambda pair: pair[1].at)
        if days(last)[1] < days(first)[0]:
            message = _("“%(later)s” is before “%(earlier)s”. Correct one of them.")
            names = {"later": last.get_kind_display(), "earlier": first.get_kind_display()}
            yield error(message % names, "at", "key_dates", index)


@check(Call)
def end_of_key_dates(call):
    yield from out_of_order(call, "at", "ends_at")


@check(Project)
def end_of_project(project):
    yield from out_of_order(project, "starts_on", "ends_on")


@check(Call)
def dates_in_texts(call):
    yield from contradicted_dates(call, [days(date) for date in call.key_dates.all()])


@check(Call)
def amounts_in_texts(call):
    yield from contradicted_amounts(
        call,
        amounts(call),
        call.budget_currency,
        is_approximate=call.budget_is_approximate,
    )


def numbered(call):
    return enumerate(call.key_dates.all())


def days(date):
    """Return (first day, last day) of a key date in its own time zone."""
    return days_of(date.at, date.precision, ZoneInfo(date.timezone))


def amounts(call):
    """Return the known amounts in the call's currency: total, each offer, sum of the offers."""
    offers = [
        offer.amount
        for offer in call.offers.all()
        if offer.amount and offer.amount_currency == call.budget_currency
    ]
    return [amount for amount in (call.budget, *offers, sum(offers)) if amount]
