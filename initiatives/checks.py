"""Publishing checks of initiatives."""

from initiatives.models import Initiative
from publishing.checks import check, contradicted_amounts, out_of_order


@check(Initiative)
def end_of_initiative(initiative):
    yield from out_of_order(initiative, "starts_on", "ends_on")


@check(Initiative)
def amounts_in_texts(initiative):
    shares = [
        part.amount
        for part in initiative.participations.all()
        if part.amount_currency == initiative.budget_currency
    ]
    known = [amount for amount in (initiative.budget, *shares) if amount]
    if initiative.budget:
        yield from contradicted_amounts(
            initiative,
            known,
            initiative.budget_currency,
            is_approximate=initiative.budget_is_approximate,
        )
