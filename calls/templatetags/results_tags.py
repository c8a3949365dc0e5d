"""What came of calls, for pages of the sections on the left."""

from django import template

from calls.results import of_initiative, totals

register = template.Library()


@register.inclusion_tag("calls/initiative_outcome.html")
def initiative_outcome(initiative):
    """The totals of all calls of an initiative; nothing where they have no projects."""
    outcome = of_initiative(initiative)
    return {
        "initiative": initiative,
        "totals": list(totals(outcome)) if outcome else [],
    }
