"""schema.org data of calls and projects."""

from initiatives.structured_data import organisation_data
from syndication.structured_data import absolute, item, money, node


def call_data(call):
    """Return a call as a MonetaryGrant with its funders."""
    return item(
        "MonetaryGrant",
        call,
        identifier=call.reference,
        amount=money(call.budget, call.budget_currency),
        funder=[organisation_data(offer.organisation) for offer in call.offers.all()],
        sponsor=call.initiative and _initiative(call.initiative),
        potentialAction=_application(call),
    )


def _initiative(initiative):
    if not initiative.is_published:
        return None
    address = absolute(initiative.get_absolute_url())
    return node("FundingScheme", **{"@id": address}, name=initiative.title, url=address)


def _application(call):
    """Return the ApplyAction of a call, or None without an address or dates."""
    if not (call.submission_url or call.opens_at or call.closes_at):
        return None
    return node(
        "ApplyAction",
        target=call.submission_url,
        startTime=call.opens_at,
        endTime=call.closes_at,
    )


def project_data(project):
    """Return a project as a ResearchProject with its participants and grant."""
    participants = project.participants.all()
    return item(
        "ResearchProject",
        project,
        alternateName=project.acronym,
        identifier=project.grant_number,
        sameAs=[address for address in (project.website, project.source_url) if address],
        keywords=project.keyword_list,
        foundingDate=project.starts_on,
        dissolutionDate=project.ends_on,
        member=[organisation_data(participant.organisation) for participant in participants],
        funding=_grant(project),
    )


def _grant(project):
    if project.eu_contribution is None and not project.grant_number:
        return None
    doi = f"https://doi.org/{project.doi}" if project.doi else ""
    return node(
        "MonetaryGrant",
        identifier=project.grant_number,
        sameAs=doi,
        amount=money(project.eu_contribution, project.currency),
    )
