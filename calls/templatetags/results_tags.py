"""Template tag for the results of an initiative's calls."""

from django import template

from calls.results import of_initiative, totals

register = template.Library()


@register.inclusion_tag("calls/initiative_outcome.html")
def initiative_outcome(initiative):
    """Render the totals of all calls of an initiative, or nothing without projects."""
    outcome = of_initiative(initiative)
    return {
        "initiative": initiative,
        "totals": list(totals(outcome)) if outcome else [],
    }
