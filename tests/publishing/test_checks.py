"""Checks before publishing, for every type, and their enforcement."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calls.models import Call
from initiatives.models import Initiative
from media.models import Document, Image
from news.models import Article, Event
from pages.models import Page, PagePoint
from publishing import workflow
from publishing.checks import Level, NotReady, amounts_in, dates_in, run_checks
from publishing.models import Revision
from publishing.revisions import snapshots
from tests import factories
from tests.staff import admin_url, form_at, member, signed_in, submitted

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "nl")


def translated(model, **fields):
    """Create a draft that is written in all languages."""
    titles = {f"title_{code}": f"Title {code}" for code in LANGUAGES}
    return factories.draft(model, **titles | fields)


def found(item, check):
    return [finding for finding in run_checks(item) if finding.check == check]


def image(**fields):
    values = {"name": "Lab", "file": "images/lab.jpg", "licence": "own"}
    return Image.objects.create(**values | fields)


def test_complete_item_has_no_findings():
    assert run_checks(translated(Article)) == []


# --- Texts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<h2>One</h2><h3>Two</h3><h2>Three</h2><h3>Four</h3><h4>Five</h4><h2>Six</h2>", 0),
        ("<p>No heading</p>", 0),
        ("<h3>First</h3>", 1),
        ("<h2>One</h2><h4>Too deep</h4>", 1),
        ("<h2> <strong></strong></h2><h3>Two</h3>", 1),
    ],
)
def test_headings_that_skip_a_level_or_are_empty_are_warned_of(html, count):
    headings = found(translated(Article, body_fr=html), "heading_order")
    assert [h.anchor for h in headings] == ["id_body_fr"] * count
    assert all(h.level == Level.WARNING for h in headings)


def test_texts_below_a_heading_of_the_page_may_start_a_level_lower():
    assert not found(translated(Call, aim_en="<h3>First</h3>"), "heading_order")
    assert found(translated(Call, aim_en="<h4>First</h4>"), "heading_order")


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<p><a href="https://example.org/a">The guide</a></p>', 0),
        ('<p><a href="https://example.org/a"></a></p>', 1),
        ('<p><a href="https://example.org/a"> <em> </em></a></p>', 1),
        ('<p><a href="">The guide</a></p>', 1),
        ('<p><a href="#">The guide</a></p>', 1),
        ("<p><a>The guide</a></p>", 1),
    ],
)
def test_links_without_text_or_address_are_errors(html, count):
    links = found(translated(Article, body_nl=html), "empty_links")
    assert [(link.anchor, link.level) for link in links] == [("id_body_nl", "error")] * count


@pytest.mark.parametrize(
    "text",
    [
        "here",
        "Click here",
        "ici",
        "hier",
        "Cliquez ici.",
        "lees meer »",
        "https://example.org/a",
    ],
)
def test_link_text_that_says_nothing_is_warned_of(text):
    item = translated(Article, body_en=f'<p><a href="https://example.org/a">{text}</a></p>')
    (finding,) = found(item, "vague_links")
    assert finding.level == Level.WARNING
    assert text in finding.message


@pytest.mark.parametrize("text", ["Who may apply here", "Guide (PDF)", "office@example.org"])
def test_link_text_that_names_its_page_is_fine(text):
    item = translated(Article, body_en=f'<p><a href="https://example.org/a">{text}</a></p>')
    assert found(item, "vague_links") == []


# --- Links ------------------------------------------------------------------------------


def linking(href):
    return translated(Article, body_en=f'<p><a href="{href}">The page</a></p>')


@pytest.mark.parametrize(
    "href",
    [
        "/en/calls/never-was/",
        "/fr/calls/never-was",
        "/en/nothing/of/the/kind/",
        "http://localhost:8000/en/calls/never-was/",
        "/documents/never-was/",
        "/en/calls/%00/",
        "www.example.org",
        "calls/",
    ],
)
def test_link_to_no_page_of_the_portal_is_an_error(settings, href):
    settings.PORTAL_URL = "http://localhost:8000"
    (finding,) = found(linking(href), "dead_links")
    assert (finding.anchor, finding.level) == ("id_body_en", Level.ERROR)


@pytest.mark.parametrize(
    "href",
    [
        "/en/calls/?status=open",
        "/en/",
        "/fr/topics/",
        "/newsletter/",
        "https://example.org/en/calls/never-was/",
        "mailto:office@example.org",
        "tel:+3221234567",
        "#dates",
    ],
)
def test_link_that_leads_somewhere_is_fine(href):
    assert found(linking(href), "dead_links") == []


def test_link_to_a_published_item_or_a_document_is_fine():
    call = factories.published(Call)
    Document.objects.create(title_en="Guide", slug="guide", language="en")
    for href in (call.get_absolute_url(), "/documents/guide/"):
        assert found(linking(href), "dead_links") == []


def test_link_to_what_is_not_public_is_a_warning():
    call = factories.draft(Call)
    (finding,) = found(linking(call.get_absolute_url()), "dead_links")
    assert finding.level == Level.WARNING
    assert call.get_absolute_url() in finding.message


def test_link_to_what_was_deleted_is_an_error():
    call = factories.draft(Call)
    item = linking(call.get_absolute_url())
    call.delete()
    (finding,) = found(item, "dead_links")
    assert finding.level == Level.ERROR


def test_link_to_the_item_itself_is_fine():
    item = translated(Article, slug="self")
    item.body_en = f'<p><a href="{item.get_absolute_url()}">Below</a></p>'
    item.save()
    assert found(item, "dead_links") == []


def test_addresses_in_fields_and_rows_are_followed_too(settings):
    settings.PORTAL_URL = "https://portal.example"
    article = translated(Article)
    titles = {f"title_{code}": "Link" for code in LANGUAGES}
    article.links.create(url="https://example.org/", **titles)
    article.links.create(url="https://portal.example/en/calls/never-was/", **titles)
    (finding,) = run_checks(article)
    assert (finding.anchor, finding.label) == ("id_links-1-url", "Further link 2 – Address")


def test_many_links_take_few_queries():
    calls = [factories.published(Call) for _ in range(3)]

    def queries(linked):
        links = "".join(f'<a href="{call.get_absolute_url()}">A call</a>' for call in linked)
        item = translated(Article, body_en=f"<p>{links}</p>", body_fr=f"<p>{links}</p>")
        with CaptureQueriesContext(connection) as captured:
            found(item, "dead_links")
        return len(captured)

    assert queries(calls[:1]) == queries(calls)


# --- Pictures ---------------------------------------------------------------------------


def test_picture_needs_an_alternative_text_in_each_language_of_the_item():
    lead = image(alt_text_en="A laboratory")
    item = factories.draft(Article, title_en="Title", title_fr="Titre", lead_image=lead)
    (finding,) = found(item, "alternative_texts")
    assert (finding.level, finding.anchor) == (Level.ERROR, "id_lead_image")
    assert "French" in finding.message
    assert "Dutch" not in finding.message
    lead.alt_text_fr = "Un laboratoire"
    lead.save()
    item.refresh_from_db()
    assert not found(item, "alternative_texts")


def test_decorative_picture_needs_no_alternative_text():
    item = translated(Article, lead_image=image(is_decorative=True))
    assert run_checks(item) == []


def test_pictures_of_rows_need_one_too():
    page = translated(Page)
    for picture in (None, image(alt_text_en="A laboratory")):
        texts = {f"{name}_{code}": "Text" for name in ("title", "text") for code in LANGUAGES}
        PagePoint.objects.create(page=page, image=picture, **texts)
    (finding,) = run_checks(page)
    assert (finding.check, finding.anchor) == ("alternative_texts", "id_points-1-image")


def test_what_was_deleted_since_it_was_chosen_is_an_error_at_its_field():
    lead, organisation = image(is_decorative=True), factories.organisation()
    item = factories.draft(Initiative, lead_image=lead)
    workflow.publish(item=item)
    factories.participation(item)
    factories.participation(item, organisation=organisation)
    save(item)
    item.participations.last().delete()
    Initiative.objects.update(lead_image=None)
    lead.delete()
    organisation.delete()
    item.refresh_from_db()
    missing = found(workflow.draft_of(item), "missing_objects")
    places = {finding.anchor for finding in missing}
    assert places == {"id_lead_image", "id_participations-1-organisation"}
    assert {finding.level for finding in missing} == {Level.ERROR}
    assert signed_in("Author").get(checks_url(item)).status_code == 200


# --- Languages --------------------------------------------------------------------------


def test_languages_that_the_item_is_not_in_are_warned_of():
    item = factories.draft(Article, title_fr="Titre", title_en="")
    missing = found(item, "missing_translations")
    assert [finding.anchor for finding in missing] == ["id_title_en", "id_title_nl"]
    assert {finding.level for finding in missing} == {Level.WARNING}


def test_portal_of_one_language_asks_for_no_other(settings):
    settings.LANGUAGES = [("en", "English")]
    assert run_checks(factories.draft(Article, title_en="Title")) == []


def test_text_that_only_some_languages_of_the_item_have_is_warned_of():
    item = factories.draft(Article, title_en="Title", title_fr="Titre", summary_en="In short")
    (finding,) = found(item, "missing_texts")
    assert (finding.anchor, finding.label) == ("id_summary_fr", "Summary (French)")


def test_texts_missing_in_many_rows_are_one_finding():
    initiative = factories.draft(Initiative, title_en="Title", title_fr="Titre")
    for note in ("", "Chairs the board", "Pays"):
        factories.participation(initiative, note_en=note)
    (finding,) = found(initiative, "missing_texts_of_rows")
    assert finding.anchor == "id_participations-1-note_fr"
    assert "in 2 rows" in finding.message


def save(item, **fields):
    """Save a draft with changed fields."""
    current = workflow.head(item)
    draft = workflow.draft_of(item)
    for name, value in fields.items():
        setattr(draft, name, value)
    snapshot = snapshots.dump(draft)
    workflow.save_draft(item=item, snapshot=snapshot, seen=current and current.number)
    item.refresh_from_db()


def older(item):
    item.refresh_from_db()
    return [finding.anchor for finding in found(workflow.draft_of(item), "older_translations")]


def bilingual(**fields):
    item = factories.draft(Article, title_en="Title", summary_en="One")
    save(item)
    save(item, title_fr="Titre", summary_fr="Un", **fields)
    return item


def test_translation_that_its_original_has_overtaken_is_warned_of():
    item = bilingual()
    assert older(item) == []
    save(item, summary_en="Two")
    assert older(item) == ["id_summary_fr"]
    save(item, summary_fr="Deux")
    assert older(item) == []


def test_original_is_the_language_that_was_written_first():
    item = factories.draft(Article, title_en="", title_fr="Titre", summary_fr="Un")
    save(item)
    save(item, title_en="Title", summary_en="One")
    save(item, summary_en="One, corrected")
    assert older(item) == []
    save(item, summary_fr="Deux")
    assert older(item) == ["id_summary_en"]


def test_both_changed_together_are_of_one_age():
    item = bilingual()
    save(item, summary_en="Two", summary_fr="Deux")
    assert older(item) == []


def test_markup_alone_makes_no_translation_older():
    item = bilingual(body_en="<p>The body</p>", body_fr="<p>Le texte</p>")
    save(item, body_en="<p>The <strong>body</strong></p>")
    assert older(item) == []


def test_undone_and_discarded_changes_make_no_translation_older():
    item = bilingual()
    workflow.publish(item=item)
    save(item, summary_en="Two")
    assert older(item) == ["id_summary_fr"]
    workflow.discard_draft(item=item)
    assert older(item) == []
    save(item, summary_en="Three")
    workflow.publish(item=item)
    assert older(item) == ["id_summary_fr"]
    workflow.undo_publish(item=item)
    assert older(item) == []


def test_long_history_takes_as_many_queries_as_a_short_one():
    def queries(item):
        with CaptureQueriesContext(connection) as captured:
            run_checks(workflow.draft_of(item))
        return len(captured)

    item = bilingual()
    few = queries(item)
    for number in range(5):
        save(item, summary_en=f"Version {number}")
    assert queries(item) == few


# --- Dates and amounts in texts ---------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on 15 January 2027"),
        ("en", "on January 15, 2027"),
        ("en", "on the 15th of January 2027"),
        ("en", "on 15 Jan. 2027"),
        ("fr", "le 15 janvier 2027"),
        ("fr", "le 15/01/2027"),
        ("nl", "op 15 januari 2027"),
        ("nl", "op 2027-01-15"),
        ("nl", "op 15.1.2027"),
    ],
)
def test_dates_are_read_in_the_language_of_the_text(language, text):
    assert [mention.value for mention in dates_in(text, language)] == [date(2027, 1, 15)]


def test_first_of_a_month_in_french_is_read():
    assert [m.value for m in dates_in("le 1er août 2027", "fr")] == [date(2027, 8, 1)]


@pytest.mark.parametrize("text", ["in May 2027", "31 February 2027", "99.99.2027", "2020-2027"])
def test_what_is_no_day_is_no_date(text):
    assert list(dates_in(text, "en")) == []


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("EUR 12 million", 12_000_000),
        ("€12 million", 12_000_000),
        ("€ 1.5 million", 1_500_000),
        ("12 M€", 12_000_000),
        ("1,5 million d'euros", 1_500_000),
        ("1,5 million d’euros", 1_500_000),
        ("12 millions d'euros", 12_000_000),
        ("12 miljoen euro", 12_000_000),
        ("1,2 miljard euro", 1_200_000_000),
        ("€ 12.000.000", 12_000_000),
        ("€12,000,000.50", 12_000_000.5),
        ("12 000 000 €", 12_000_000),
        ("12\u202f000\u202f000\u00a0€", 12_000_000),
        ("EUR 250k", 250_000),
    ],
)
def test_amounts_are_read_however_they_are_written(text, amount):
    assert [float(mention.value) for mention in amounts_in(text, "EUR")] == [amount]


@pytest.mark.parametrize("text", ["12 million", "USD 12 million", "12 partners", "12.5.3 €"])
def test_what_is_no_amount_of_the_currency_is_none(text):
    assert list(amounts_in(text, "EUR")) == []


# --- Publishing -------------------------------------------------------------------------


@pytest.mark.parametrize("model", factories.publishable_models(), ids=lambda m: m.__name__)
def test_warnings_need_a_reason_which_the_history_keeps(model):
    user = member()
    item = factories.publishable(model)
    for reason in ("", "   "):
        with pytest.raises(NotReady) as refusal:
            workflow.publish(item=item, by=user, reason=reason)
        assert refusal.value.needs_reason_only
        item.refresh_from_db()
        assert not item.is_published
    workflow.publish(item=item, by=user, reason="Only for an English audience")
    item.refresh_from_db()
    assert item.is_published
    assert Revision.objects.live(item).reason == "Only for an English audience"


@pytest.mark.parametrize("model", factories.publishable_models(), ids=lambda m: m.__name__)
def test_errors_block_whatever_the_reason(model):
    item = factories.publishable(model, body_en='<p><a href="">Nowhere</a></p>')
    with pytest.raises(NotReady) as refusal:
        workflow.publish(item=item, by=member(), reason="Because")
    assert not refusal.value.needs_reason_only
    assert refusal.value.findings[0].level == Level.ERROR
    item.refresh_from_db()
    assert not item.is_published


def test_what_is_ready_needs_no_reason():
    item = translated(Article)
    workflow.publish(item=item, by=member())
    assert item.is_published


def test_the_draft_is_checked_not_what_is_public():
    item = translated(Article)
    workflow.publish(item=item)
    save(item, body_en='<p><a href="#">Nowhere</a></p>')
    with pytest.raises(NotReady):
        workflow.publish(item=item, by=member(), reason="Because")
    item.refresh_from_db()
    assert not item.body_en


# --- In the admin -----------------------------------------------------------------------


def post(client, item, **changes):
    form = form_at(client, admin_url(item))
    return client.post(admin_url(item), submitted(form, **changes))


def test_publishing_with_errors_gives_the_form_back_with_links_to_the_fields():
    call = translated(Call)
    client = signed_in("Publisher")
    response = post(
        client,
        call,
        title_en="Typed",
        body_fr='<p><a href="https://example.org/"></a></p>',
        _reason="Why not",
        _publish="1",
    )
    assert response.status_code == 200
    assert response.context["adminform"].form["title_en"].value() == "Typed"
    page = response.text
    summary = page.split("error_summary")[1].split("</ul>\n</div>")[0]
    assert 'href="#id_body_fr"' in summary
    assert 'href="#key_dates-heading"' in summary
    assert 'id="key_dates-heading"' in page
    assert 'value="Why not"' in page
    call.refresh_from_db()
    assert (call.title_en, call.is_published) == ("Title en", False)
    assert not Revision.objects.of(call).exists()


def test_publishing_with_warnings_asks_for_a_reason_and_then_publishes():
    item = factories.draft(Article)
    client = signed_in("Publisher")
    refused = post(client, item, title_en="Typed", _publish="1")
    assert "Publishing this requires a reason." in refused.text
    assert 'href="#id_title_fr"' in refused.text
    assert 'id="id_reason"' in refused.text
    assert refused.context["adminform"].form["title_en"].value() == "Typed"
    data = submitted(refused, _reason="English only", _publish="1")
    assert client.post(admin_url(item), data).status_code == 302
    item.refresh_from_db()
    assert (item.title_en, item.is_published) == ("Typed", True)
    assert "English only" in client.get(admin_url(item, "history")).text


def test_new_item_can_be_published_with_a_reason_at_once():
    client = signed_in("Publisher")
    form = form_at(client, admin_url(Article, "add"))
    refused = client.post(
        admin_url(Article, "add"), submitted(form, title_en="New", _publish="1")
    )
    assert refused.status_code == 200
    assert not Article.objects.exists()
    assert 'id="id_reason"' in refused.text
    data = submitted(refused, _reason="English only", _publish="1")
    assert client.post(admin_url(Article, "add"), data).status_code == 302
    assert Article.objects.get().is_published


def test_findings_of_rows_lead_to_the_row_of_the_submitted_form():
    article = translated(Article)
    for number in range(2):
        titles = {f"title_{code}": "Link" for code in LANGUAGES}
        article.links.create(url="https://example.org/", position=number, **titles)
    client = signed_in("Publisher")
    refused = post(
        client, article, **{"links-0-position": "5", "links-0-url": "/en/x/"}, _publish="1"
    )
    assert refused.status_code == 200
    changes = {"links-0-position": "5", "links-0-title_fr": ""}
    refused = post(client, article, **changes, _publish="1")
    assert 'href="#id_links-0-title_fr"' in refused.text


def test_saving_a_draft_asks_for_nothing():
    item = factories.draft(Call)
    assert post(signed_in("Author"), item, title_en="Typed", _continue="1").status_code == 302


def checks_url(item):
    return admin_url(item, "checks")


@pytest.mark.parametrize("model", factories.publishable_models(), ids=lambda m: m.__name__)
def test_page_of_checks_tells_what_stands_against_the_draft(model):
    item = translated(model)
    workflow.publish(item=item)
    save(item, body_fr='<p><a href="">Ici</a></p>')
    client = signed_in("Author")
    page = client.get(checks_url(item)).text
    assert f'href="{admin_url(item)}#id_body_fr"' in page
    assert f'data-checks="{checks_url(item)}"' in client.get(admin_url(item)).text


def test_page_of_checks_says_so_when_nothing_stands_in_the_way():
    page = signed_in("Author").get(checks_url(translated(Event))).text
    assert "No problems found." in page


@pytest.mark.parametrize("model", factories.publishable_models(), ids=lambda m: m.__name__)
def test_who_may_not_see_the_item_sees_no_checks_of_it(client, model, django_user_model):
    item = factories.draft(model, body_en='<p><a href="">Secret zebra</a></p>')
    assert client.get(checks_url(item)).status_code == 302
    client.force_login(django_user_model.objects.create_user("visitor", is_staff=True))
    response = client.get(checks_url(item))
    assert response.status_code == 403
    assert "zebra" not in response.text


@pytest.mark.parametrize("key", ["999999", "x", "%00", "9" * 40])
def test_checks_of_nothing_are_not_found(key):
    url = reverse("admin:calls_call_changelist") + f"{key}/checks/"
    assert signed_in().get(url).status_code in (400, 404)


def test_checks_escape_what_staff_wrote():
    item = translated(Article, body_en="<h4>&lt;script&gt;alert(1)&lt;/script&gt;</h4>")
    page = signed_in().get(checks_url(item)).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
