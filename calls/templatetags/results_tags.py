"""Template tag for the results of an initiative's calls."""

from django import template

from calls.results import results_of_initiative, totals

register = template.Library()


@register.inclusion_tag("calls/initiative_results.html")
def initiative_results(initiative):
    """Render the totals of all calls of an initiative, or nothing without projects."""
    results = results_of_initiative(initiative)
    return {
        "initiative": initiative,
        "totals": list(totals(results)) if results else [],
    }
