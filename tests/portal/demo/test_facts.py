"""The demo contains the facts of its model pages: numbers, dates, roles, names."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone

from calls.models import Call, Project
from calls.status import Status
from initiatives.models import Initiative
from news.models import Article, Event
from pages.models import Page
from publishing.models import Topic


def published(model, slug):
    return model.objects.published().get(slug=slug)


def participation(initiative, organisation, role):
    rows = published(Initiative, initiative).participations
    return rows.get(organisation__slug=organisation, role=role)


def figures(slug):
    """Return an initiative's key figures: {unit or label: (qualifier, value)}."""
    rows = published(Initiative, slug).key_figures.all()
    return {row.unit_en or row.label_en: (row.qualifier, row.value) for row in rows}


def test_anr_has_all_its_roles_in_personalised_medicine(demo, db):
    assert "healthcare system" in participation("icpermed", "anr", "lead").note_en
    assert "patients and citizens" in participation("icpermed", "anr", "partner").note_en
    assert "in 2016" in participation("icpermed", "anr", "member").note_en
    assert "four members" in participation("icpermed-secretariat", "anr", "secretariat").note_en
    assert "since 2018" in participation("era-permed", "anr", "chair").note_en
    assert participation("era-permed", "anr", "funder").amount == Decimal("8450000")
    assert "Inserm" in participation("eu-africa-permed", "anr", "partner").note_en


def test_the_initiatives_in_personalised_medicine_keep_their_figures(demo, db):
    secretariat = published(Initiative, "icpermed-secretariat")
    era_permed = figures("era-permed")
    africa = published(Initiative, "eu-africa-permed")
    assert secretariat.budget == 4_000_000
    assert (secretariat.starts_on.year, secretariat.ends_on.year) == (2016, 2024)
    assert era_permed["partners"] == ("", 32)
    assert era_permed["research projects"] == ("", 65)
    assert era_permed["research teams"] == ("", 345)
    assert era_permed["EUR"] == ("", 76_200_000)
    assert africa.starts_on == date(2021, 2, 1)
    fourth = published(Call, "era-permed-jtc2021")
    assert (fourth.budget, fourth.budget_is_approximate) == (24_000_000, True)


def test_the_theme_page_has_its_date_its_information_day_and_its_recording(demo, db):
    paris = ZoneInfo("Europe/Paris")
    day = published(Event, "permed-partnership-information-day")
    assert timezone.localdate(Topic.objects.get(slug="personalised-medicine").updated_at) == (
        date(2021, 5, 3)
    )
    assert day.starts_at == datetime(2021, 5, 31, 13, tzinfo=paris)
    assert day.ends_at == datetime(2021, 5, 31, 16, tzinfo=paris)
    assert published(Event, "icpermed-conference-2021").recording_url


def test_the_action_plan_article_exists_in_two_languages_with_its_links(demo, db):
    article = published(Article, "icpermed-action-plan")

    assert article.languages == ["en", "fr"]
    assert "22" in article.body_en
    assert "8" in article.body_en
    assert "over 30 members" in article.background_en
    assert article.links.count() == 2


def test_ep_permed_keeps_its_figures_partners_timeline_and_relations(demo, db):
    item = published(Initiative, "ep-permed")
    expected = item.participations.filter(is_expected=True, organisation__region="BE2")
    assert item.duration_months == 120
    assert figures("ep-permed")["EUR"] == ("about", 370_000_000)
    assert figures("ep-permed")["partners"] == ("more-than", 50)
    assert {row.organisation.name_nl for row in expected} == {
        "Vlaams Gewest",
        "Fonds Wetenschappelijk Onderzoek",
        "Fonds voor Innoveren en Ondernemen",
    }
    assert [(m.happens_on.isoformat()[:7], m.precision) for m in item.milestones.all()[:3]] == [
        ("2022-02", "month"),
        ("2023-04", "month"),
        ("2023-10", "day"),
    ]
    assert {(r.kind, r.to_initiative.slug) for r in item.relations.all()} >= {
        ("continues", "era-permed"),
        ("works-with", "icpermed"),
    }
    pages = item.resources.exclude(organisation=None).values_list(
        "organisation__slug", flat=True
    )
    assert {"vlaio", "fwo"} <= set(pages)


def test_the_pmtargets_call_says_what_is_certain_and_what_is_expected(demo, db):
    call = published(Call, "ep-permed-jtc2024")
    decision = call.key_dates.get(kind="decision")
    start = call.key_dates.get(kind="project-start")

    assert call.status == Status.CLOSED
    assert call.key_dates.get(kind="publication").at.date() >= date(2024, 1, 1)
    assert (decision.certainty, decision.precision) == ("not-before", "month")
    assert timezone.localdate(decision.at, ZoneInfo(decision.timezone)) == date(2024, 10, 1)
    assert start.certainty == "expected"
    assert start.note_en == "End of 2024, beginning of 2025"


def test_the_explainer_has_four_illustrated_points_in_three_languages(demo, db):
    page = published(Page, "how-to-use-partnerships")

    assert page.languages == ["en", "fr", "nl"]
    assert [point.title_en for point in page.points.all()] == [
        "Orientation",
        "Networking",
        "Ecosystem analysis",
        "Steering the agenda",
    ]
    assert all(point.image for point in page.points.all())


def test_athena_names_its_call_its_dates_and_its_flemish_partner(demo, db):
    project = published(Project, "athena")

    assert project.call.reference == "DIGITAL-ECCC-2022-CYBER-03-UPTAKE-CYBERSOLUTIONS"
    assert (project.starts_on, project.ends_on) == (date(2023, 9, 1), date(2026, 11, 30))
    assert project.lead_image
    partner = project.participants.get(organisation__slug="de-vlaamse-waterweg")
    assert "training modules" in partner.note_en


def test_the_secretariat_project_is_as_on_its_fact_sheet(demo, db):
    project = published(Project, "icpermed-secretariat")
    coordinator = project.coordinator
    place = coordinator.organisation
    assert project.languages == ["en"]
    assert project.funding_scheme.startswith("CSA")
    assert coordinator.net_contribution == Decimal("919847.50")
    assert coordinator.other_funding == Decimal("0.00")
    assert coordinator.get_activity_type_display() == "Research organisations"
    assert (place.street, place.postal_code, place.city) == ("Linder Höhe", "51147", "Köln")
    assert [region.name for region in place.region.path()] == [
        "Nordrhein-Westfalen",
        "Köln",
        "Köln, Kreisfreie Stadt",
    ]
    assert place.has_coordinates
    assert project.participants.exclude(role="coordinator").count() == 3
    assert project.call.projects.exclude(pk=project.pk).exists()


def test_the_launch_article_has_its_date_speaker_and_figures(demo, db):
    article = published(Article, "ep-permed-unveiled")
    event = published(Event, "ep-permed-valencia")
    assert article.published_on == date(2023, 10, 9)
    assert article.languages == ["en", "fr", "nl"]
    assert "49 partners" in article.body_en
    assert article.quote_speaker == "Irene Norstedt"
    assert article.quote_function_en.startswith("Director of the People Directorate")
    assert "November 2016" in article.background_en
    assert "95.5\N{NO-BREAK SPACE}billion" in article.background_en
    assert timezone.localdate(event.starts_at, ZoneInfo(event.timezone)) == date(2023, 10, 5)
    assert event.place_en.startswith("Valencia")


def test_the_first_call_of_ep_permed_has_its_flemish_funders_and_its_rules(demo, db):
    call = published(Call, "ep-permed-jtc2024")
    flemish = call.offers.filter(region="BE2").values_list("organisation__slug", flat=True)
    assert set(flemish) == {"fwo", "vlaio"}
    rules = {rule.kind: rule for rule in call.consortium_rules.all()}
    numbers = {kind: rule.number for kind, rule in rules.items()}
    assert numbers == {
        "min-partners": 3,
        "min-countries": 3,
        "max-partners": 6,
        "max-per-country": 2,
    }
    assert {"BE", "FR", "NO"} < rules["min-countries"].country_codes
    assert "US" not in rules["min-countries"].country_codes
