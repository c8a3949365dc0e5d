"""One address of every type of public page, out of the demo content."""

#: Name of the page in test ids -> its path.
PUBLIC = {
    "home": "/en/",
    "calls": "/en/calls/",
    "calls-second-page": "/en/calls/?page=2",
    "calls-filtered": "/en/calls/?status=open&topic=water-and-oceans",
    "calls-nothing-found": "/en/calls/?q=nothingofthekind&status=open",
    "call-open": "/en/calls/clear-rivers-jtc-4/",
    "call-closed": "/en/calls/ep-permed-jtc2024/",
    "call-forthcoming": "/en/calls/lins-ports/",
    "call-suspended": "/en/calls/fair-algorithms/",
    "call-changes": "/en/calls/clear-rivers-jtc-4/changes/",
    "call-undated": "/en/calls/safe-utilities-exercises/",
    "call-long-title": "/en/calls/shade-and-water/",
    "call-untranslated": "/fr/calls/kustlaboratoria/",
    "call-my-funders": "/en/calls/clear-rivers-jtc-4/?place=BE2&kind=hospital",
    "consortium": "/en/calls/clear-rivers-jtc-4/consortium/",
    "consortium-checked": "/en/calls/clear-rivers-jtc-4/consortium/?place1=BE2&kind1=hospital"
    "&funder1=agentschap-scheldekust&amount1=250000&place2=FR&kind2=university",
    "projects": "/en/projects/",
    "project": "/en/projects/icpermed-secretariat/",
    "project-long-words": "/nl/projects/grensregister/",
    "initiatives": "/en/initiatives/",
    "initiative": "/en/initiatives/clear-rivers/",
    "organisations": "/en/organisations/",
    "organisation": "/en/organisations/anr/",
    "organisation-long-words": "/nl/organisations/regionale-ziekenhuisfederatie/",
    "news": "/en/news/",
    "article": "/en/news/anr-and-personalised-medicine/",
    "article-without-picture": "/nl/news/grensregister-gestart/",
    "events": "/en/events/",
    "event": "/en/events/clear-rivers-info-day/",
    "event-over": "/en/events/pmtargets-information-day/",
    "topics": "/en/topics/",
    "topic": "/en/topics/personalised-medicine/",
    "page": "/en/pages/accessibility/",
    "explainer": "/en/pages/how-to-use-partnerships/",
    "newsletter": "/en/newsletter/",
    "newsletter-sent": "/en/newsletter/check-your-mail/",
    "newsletter-confirmed": "/en/newsletter/confirmed/",
    "api-reference": "/api/v1/docs/",
}
#: Pages that say what is wrong -> their path and status.
ERRORS = {
    "not-found": ("/en/nothing-here/", 404),
    "wrong-filter": ("/en/calls/?deadline_from=soon", 400),
    "wrong-consortium": (
        "/en/calls/clear-rivers-jtc-4/consortium/?amount1=lots&place2=XX",
        400,
    ),
    "bad-request": ("/en/?q=%00", 400),
}
