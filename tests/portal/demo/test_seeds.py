"""Facts of the three model pages on calls and projects are on the pages of the demo.

`test_facts` checks the rows; this module checks the rendered pages, fact by fact.
"""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils.html import strip_tags

#: Expected texts by address, with normalised whitespace.
CORDIS = {
    "/en/projects/icpermed-secretariat/": [
        "Secretariat for the International Consortium for Personalised Medicine (IC PerMed)",
        "Objective",
        "differ in genes, body, surroundings and habits",
        "past ten years",
        "cancer and rare diseases",
        "scattered over many programmes",
        "more than 20 Member States",
        "platform on which European funders work together",
        "across disciplines",
        "policies, good practice, guidelines and standards",
        "plan for dissemination",
        "how ICPerMed can last",
        "follows which research is funded",
        "events and the meetings of the consortium’s bodies",
        "dialogue with stakeholders and other initiatives",
        "Call H2020-SC1-2016-2017",
        "Sub-call H2020-SC1-2016-RTD",
        "Topic of the call SC1-HCO-05-2016",
        "Programme Horizon 2020",
        "Funding scheme CSA - Coordination and support action",
        "Grant agreement 731366",
        "DOI 10.3030/731366",
        "https://cordis.europa.eu/project/id/731366",
        "Coordinated by German Aerospace Center",
        "Net EU contribution €919,847.50",
        "Linder Höhe, 51147 Köln",
        "Show on a map",
        "Nordrhein-Westfalen DEA Köln DEA2 Köln, Kreisfreie Stadt DEA23",
        "Activity type Research organisations",
        "Other funding €0.00",
        "Participants (3)",
        "Other projects of this call",
        "ERA-Net Cofund in Personalised Medicine",
        "Cite German Aerospace Center (2016).",
        "Last updated on 26 February 2021",
    ],
    # The interface is in the reader's language, the content in its own.
    "/fr/projects/icpermed-secretariat/": [
        "Coordination and support action",
        "919 847,50 €",
        "0,00 €",
        "Participants (3)",
    ],
    "/en/calls/h2020-personalised-medicine/": [
        "ICPerMed Secretariat",
        "ERA-Net Cofund in Personalised Medicine",
    ],
    "/en/calls/h2020-personalised-medicine/results/": [
        "projects 2",
        "organisations 4",
        "countries 4",
        "€919,847.50 (known for 1 of 8)",
        "German Aerospace Center (DLR) Germany",
    ],
}
FLANDERS = {
    "/en/calls/ep-permed-jtc2024/": [
        "Validation of Targets for Personalised Medicine Approaches (PMTargets)",
        "First joint transnational call of EP PerMed",
        "Joint transnational call",
        "launched in January 2024",
        "Pre-proposals are closed",
        "no result is expected before October 2024",
        "October 2024 Not before",
        "End of 2024, beginning of 2025",
        "Research Foundation – Flanders",
        "Flanders Innovation & Entrepreneurship",
    ],
    "/en/initiatives/ep-permed/": [
        "European Partnership for Personalised Medicine",
        "10 years",
        "about €370 million",
        "more than 50",
        "Government of Flanders",
        "expected",
        "February 2022",
        "April 2023",
        "October 2023",
        "ERA PerMed",
        "ICPerMed",
        "VLAIO on EP PerMed",
        "FWO on EP PerMed",
        "EP PerMed’s newsletter",
        "(PMTargets)",
    ],
    "/nl/initiatives/ep-permed/": [
        "Vlaams Gewest",
        "Fonds Wetenschappelijk Onderzoek",
        "Fonds voor Innoveren en Ondernemen",
    ],
    "/en/projects/athena/": [
        "ATHENA – Cybersecurity for the water sector",
        "DIGITAL-ECCC-2022-CYBER-03-UPTAKE-CYBERSOLUTIONS",
        "September 2023 – November 2026",
        "39 months",
        "The Flemish Waterway",
        "training modules",
    ],
    "/en/calls/digital-europe-cyber-03/results/": ["The Flemish Waterway Belgium ATHENA"],
}
ANR = {
    "/en/initiatives/era-permed/": [
        "Horizon 2020",
        "32 partners",
        "Since 2018 the French National Research Agency has chaired",
        "€ 76.2 million",
        "€ 8.45 million",
        "Projects 65 31",
        "Research teams 345 38 (French)",
        "2018–2020",
        "about € 24 million",
        "across disciplines",
        "towards the patient",
    ],
    "/en/calls/era-permed-jtc2018/": [
        "First joint transnational call of ERA PerMed",
        "65 projects for € 76.2 million",
        "38 French teams in 31 projects",
    ],
    "/en/calls/era-permed-jtc2019/": ["Second joint transnational call of ERA PerMed"],
    "/en/calls/era-permed-jtc2020/": [
        "Third joint transnational call of ERA PerMed",
        "The three joint calls of 2018, 2019 and 2020 together",
        "€76,200,000",
        "€8,450,000",
        "345",
        "38",
    ],
    "/en/calls/era-permed-jtc2021/": [
        "Fourth joint transnational call of ERA PerMed",
        "innovation across disciplines and translational research",
        "approx. €24,000,000",
    ],
}


def page_text(address):
    """Return the text of a page with normalised whitespace."""
    response = Client().get(address)
    assert response.status_code == 200, address
    html = response.content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", unescape(strip_tags(html.replace("<", " <"))))


def missing(facts):
    pages = {address: page_text(address) for address in facts}
    return [
        (address, fact)
        for address, texts in facts.items()
        for fact in texts
        if re.sub(r"\s+", " ", fact) not in pages[address]
    ]


@pytest.mark.parametrize("facts", [CORDIS, FLANDERS, ANR], ids=["003", "002", "000"])
def test_facts_of_the_model_page_are_on_the_pages_of_the_demo(demo, db, facts):
    assert missing(facts) == []
