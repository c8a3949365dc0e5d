"""Citations of projects as sentence, BibTeX and RIS, also with special characters."""

from datetime import date

import pytest

from calls.citation import Citation
from calls.models import Call, Project
from publishing.workflow import publish
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _portal_url(settings):
    settings.PORTAL_URL = "http://test"


@pytest.fixture
def project():
    project = factories.published(
        Project,
        slug="silt",
        title_en="Where silt settles",
        acronym="SILT",
        grant_number="CR2-007",
        funding_scheme="Collaborative project",
        doi="10.1234/silt(7)",
        starts_on=date(2025, 2, 1),
        ends_on=date(2027, 1, 31),
        keywords_en="sediment, cores",
    )
    organisation = factories.organisation("University of Tarn Lake")
    factories.participant(project, role="coordinator", organisation=organisation)
    factories.participant(project)
    return project


def fields(bibtex):
    """Return {name: value} of a BibTeX entry with one field a line."""
    lines = [line.strip().rstrip(",") for line in bibtex.splitlines()[1:-1]]
    pairs = [line.split(" = ", 1) for line in lines]
    return {name: value.removeprefix("{").removesuffix("}") for name, value in pairs}


def test_sentence_tells_who_when_what_and_which_grant(project):
    citation = Citation(project)
    assert citation.sentence == (
        "University of Tarn Lake (2025–2027). SILT – Where silt settles. "
        "Grant agreement CR2-007, Collaborative project."
    )
    assert citation.address == "https://doi.org/10.1234/silt(7)"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("SILT", "SILT"),
        ("SILT: where it settles", "SILT: where it settles"),
        ("SILTED rivers", "SILT – SILTED rivers"),
    ],
)
def test_acronym_that_the_title_begins_with_is_not_repeated(title, named):
    assert str(Project(title_en=title, acronym="SILT")) == named
    assert str(Project(title_en="A+ for C++", acronym="A+")) == "A+ for C++"


def test_sentence_of_a_project_of_which_little_is_known():
    citation = Citation(factories.published(Project, title_en="Bare.", slug="bare"))
    assert citation.sentence == "Bare."
    assert citation.address.endswith("/en/projects/bare/")
    assert set(fields(citation.bibtex())) == {"title", "url", "langid"}


def test_bibtex_has_a_stable_key_and_all_parts(project):
    bibtex = Citation(project).bibtex()
    assert bibtex.startswith("@misc{silt,\n")
    assert fields(bibtex) == {
        "title": "{SILT – Where silt settles}",
        "author": "{University of Tarn Lake}",
        "year": "2025",
        "note": "Grant agreement CR2-007, Collaborative project",
        "doi": "10.1234/silt(7)",
        "url": "http://test/en/projects/silt/",
        "langid": "english",
    }


NASTY = r"50% & #1 of $x_1^2$ ~ {half \open} and \input{secrets}"


@pytest.mark.parametrize("title", [NASTY, "}" * 9, "{", "\\", "a\\", '"@comment{x}', "é – 水"])
def test_no_title_breaks_out_of_its_field(project, title):
    project.title_en, project.acronym = title, ""
    bibtex = Citation(project).bibtex()
    depth = 0
    for sign in bibtex.rstrip("\n")[:-1]:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or sign in "@misc"
    assert depth == 1
    assert list(fields(bibtex))[:2] == ["title", "author"]


def test_signs_of_tex_are_printed_and_not_obeyed(project):
    project.title_en, project.acronym = NASTY, ""
    assert fields(Citation(project).bibtex())["title"] == (
        r"{50\% \& \#1 of \$x\_1\textasciicircum{}2\$ \textasciitilde{} "
        r"\textbraceleft{}half \textbackslash{}open\textbraceright{} and "
        r"\textbackslash{}input\textbraceleft{}secrets\textbraceright{}}"
    )


def test_doi_stays_within_its_field(project):
    project.doi = "10.1234/a}b{c\\d"
    assert fields(Citation(project).bibtex())["doi"] == "10.1234/a%7Db%7Bc%5Cd"


def test_ris_has_a_line_for_each_part(project):
    assert Citation(project).ris().split("\r\n") == [
        "TY  - GEN",
        "ID  - silt",
        "TI  - SILT – Where silt settles",
        "AU  - University of Tarn Lake,",
        "PY  - 2025",
        "M1  - Grant agreement CR2-007, Collaborative project",
        "KW  - sediment",
        "KW  - cores",
        "DO  - 10.1234/silt(7)",
        "UR  - http://test/en/projects/silt/",
        "LA  - en",
        "ER  - ",
        "",
    ]


def test_line_break_in_a_title_begins_no_field(project):
    project.title_en, project.acronym = "One\r\nER  - \u2028TY  - x\x85y", ""
    assert "TI  - One ER - TY - x y" in Citation(project).ris().split("\r\n")


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [("bib", "application/x-bibtex"), ("ris", "application/x-research-info-systems")],
)
def test_files_are_named_after_the_project(client, project, suffix, kind):
    response = client.get(f"/en/projects/silt/citation.{suffix}")
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="silt.{suffix}"'
    assert "Where silt settles" in response.content.decode()
    assert f"citation.{suffix}" in client.get("/en/projects/silt/").content.decode()


@pytest.mark.parametrize("suffix", ["bib", "ris"])
def test_draft_has_no_citation(client, suffix):
    draft = factories.draft(Project, title_en="Secret")
    assert client.get(f"/en/projects/{draft.slug}/citation.{suffix}").status_code == 404


def test_citation_follows_a_project_to_its_new_address(client, project):
    project.slug = "sediment"
    project.save()
    publish(item=project)
    response = client.get("/en/projects/silt/citation.bib")
    assert response["Location"] == "/en/projects/sediment/citation.bib"


# --- Fact sheet of a project ------------------------------------------------------------


def test_fact_sheet_shows_each_fact_that_there_is(client):
    call = factories.published(Call, reference="JTC-1", slug="jtc")
    facts = {
        "sub_call": "JTC-1-A",
        "call_topic": "A1 – Silt",
        "programme": "Clear Rivers, part 2",
        "funding_scheme": "Small grant",
        "fields_of_science_en": "hydrology, geology",
        "source_url": "https://example.org/sheet",
        "record_number": "206-835",
        "doi": "10.1234/x",
    }
    project = factories.published(
        Project, call=call, starts_on=date(2024, 1, 1), ends_on=date(2025, 6, 30), **facts
    )
    page = client.get(project.get_absolute_url()).content.decode()
    assert [value for value in facts.values() if value not in page] == []
    assert "18 months" in page


@pytest.mark.parametrize(
    ("start", "end", "precision", "months"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), "day", 12),
        (date(2024, 2, 1), date(2024, 2, 29), "day", 1),
        (date(2024, 1, 1), date(2024, 1, 2), "day", 1),
        (date(2023, 9, 1), date(2026, 11, 30), "month", 39),
        (date(2023, 1, 1), date(2026, 12, 31), "year", None),
        (date(2023, 1, 1), None, "day", None),
        (None, None, "day", None),
    ],
)
def test_duration_is_told_where_it_is_known(start, end, precision, months):
    project = Project(starts_on=start, ends_on=end, precision=precision)
    assert project.duration_months == months


def test_other_projects_of_the_call_leave_out_drafts_and_itself(client):
    call = factories.published(Call, slug="jtc")
    project = factories.published(Project, call=call, title_en="This one")
    factories.published(Project, call=call, title_en="Another one")
    factories.draft(Project, call=call, title_en="Secret")
    page = client.get(project.get_absolute_url())
    assert [other.title for other in page.context["siblings"]] == ["Another one"]
    assert "/en/calls/jtc/results/" in page.content.decode()
