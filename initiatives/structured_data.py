"""schema.org data of initiatives and organisations."""

from initiatives.models import Initiative, Organisation
from syndication.structured_data import absolute, item, money, node

INITIATIVE_TYPES = {
    Initiative.Kind.CONSORTIUM: "Consortium",
    Initiative.Kind.CSA: "ResearchProject",
}
ORGANISATION_TYPES = {
    Organisation.Kind.FUNDER: "FundingAgency",
    Organisation.Kind.MINISTRY: "GovernmentOrganization",
    Organisation.Kind.UNIVERSITY: "CollegeOrUniversity",
    Organisation.Kind.RESEARCH: "ResearchOrganization",
    Organisation.Kind.HOSPITAL: "Hospital",
    Organisation.Kind.COMPANY: "Corporation",
    Organisation.Kind.NON_PROFIT: "NGO",
}


def initiative_data(initiative):
    """Return an initiative with its members and its budget."""
    return item(
        INITIATIVE_TYPES.get(initiative.kind, "FundingScheme"),
        initiative,
        alternateName=initiative.acronym,
        identifier=initiative.grant_agreement,
        sameAs=initiative.website,
        foundingDate=initiative.starts_on,
        dissolutionDate=initiative.ends_on,
        member=[
            organisation_data(part.organisation) for part in initiative.participations.all()
        ],
        funding=initiative.budget
        and node("MonetaryGrant", amount=money(initiative.budget, initiative.budget_currency)),
    )


def organisation_data(organisation):
    """Return an organisation with its address; its ROR id is in `sameAs`."""
    address = absolute(organisation.get_absolute_url())
    return node(
        ORGANISATION_TYPES.get(organisation.kind, "Organization"),
        **{"@id": address},
        url=address,
        name=organisation.name,
        alternateName=organisation.acronym,
        sameAs=[text for text in (organisation.ror_id, organisation.website) if text],
        address=node(
            "PostalAddress",
            streetAddress=organisation.street,
            postalCode=organisation.postal_code,
            addressLocality=organisation.city,
            addressCountry=organisation.country,
        ),
    )
