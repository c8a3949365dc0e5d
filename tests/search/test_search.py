"""The search index contains public content only, and matches the queries of readers."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from calls.models import Call
from initiatives.models import Initiative
from localisation import clock
from news.models import Article
from publishing.workflow import publish, save_draft, undo_publish, unpublish
from search import facets, jobs
from search.highlight import Highlighter
from search.index import writer
from search.lists import filter_by_text, order_by_relevance
from search.models import SearchEntry
from search.queries import search
from search.results import results
from tests.factories import (
    draft,
    offer,
    organisation,
    publishable_models,
    published,
    topic,
)

pytestmark = pytest.mark.django_db
every_type = pytest.mark.parametrize("model", publishable_models(), ids=lambda m: m.__name__)


def titles(text, language="en", **options):
    found = search(text, language, **options)
    entries = SearchEntry.objects.in_bulk(found.pks)
    return [entries[pk].title for pk in found.pks]


# --- Only public content ----------------------------------------------------------------


@every_type
def test_draft_is_not_found_until_it_is_published(model):
    item = draft(model, title_en="Zebra")
    assert titles("zebra") == []
    publish(item=item)
    assert titles("zebra") == ["Zebra"]


@every_type
def test_unpublished_item_is_not_found(model):
    item = published(model, title_en="Zebra")
    unpublish(item=item)
    assert titles("zebra") == []


@every_type
def test_deleted_item_is_not_found(model):
    published(model, title_en="Zebra").delete()
    assert not SearchEntry.objects.exists()


def test_draft_of_a_public_item_is_found_as_it_is_public():
    item = published(Article, title_en="Zebra")
    snapshot = {**item_snapshot(item)}
    snapshot["fields"]["title_en"] = "Giraffe"
    save_draft(item=item, snapshot=snapshot, seen=1)
    assert (titles("zebra"), titles("giraffe")) == (["Zebra"], [])
    publish(item=item)
    assert (titles("zebra"), titles("giraffe")) == ([], ["Giraffe"])
    undo_publish(item=item)
    assert (titles("zebra"), titles("giraffe")) == (["Zebra"], [])


def item_snapshot(item):
    from publishing.revisions import snapshots

    return snapshots.dump_live(item)


def test_item_is_found_from_the_moment_it_is_visible():
    published(Article, title_en="Zebra")
    moment = timezone.now()
    SearchEntry.objects.update(visible_from=moment)
    with clock.set_to(moment - timedelta(seconds=1)):
        assert titles("zebra") == []
    with clock.set_to(moment):
        assert titles("zebra") == ["Zebra"]


def test_refused_publication_leaves_the_index_as_it_was(monkeypatch):
    item = draft(Article, title_en="Zebra")
    monkeypatch.setattr("publishing.workflow.publication._send_on_commit", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish(item=item)
    assert titles("zebra") == []


def test_initiative_that_is_a_draft_gives_its_calls_no_words():
    initiative = draft(Initiative, title_en="Zebra")
    published(Call, title_en="A call", initiative=initiative)
    assert titles("zebra") == []
    publish(item=initiative)
    assert titles("zebra") == ["Zebra", "A call"]
    unpublish(item=initiative)
    assert titles("zebra") == []


def test_renamed_organisation_is_found_with_the_calls_that_it_funds():
    funder = organisation("Old name")
    call = draft(Call, title_en="A call")
    offer(call, organisation=funder)
    publish(item=call)
    funder.acronym_en = "ZEBRA"
    funder.save()
    assert set(titles("zebra")) == {"A call", "Old name"}
    funder.acronym_en = ""
    funder.save()
    assert titles("zebra") == []


def test_many_items_of_a_renamed_organisation_follow_later(monkeypatch):
    monkeypatch.setattr(writer, "MAX_IMMEDIATE", 0)
    monkeypatch.setattr(writer.reindex_referring, "__defaults__", (0,))
    funder = organisation("Old name")
    call = draft(Call, title_en="A call")
    offer(call, organisation=funder)
    publish(item=call)
    funder.name_en = "Zebra"
    funder.save()
    assert titles("zebra") == ["Zebra"]
    jobs.write_stale()
    assert titles("zebra") == ["Zebra", "A call"]
    assert not SearchEntry.objects.filter(is_stale=True).exists()


def test_what_the_index_has_too_much_is_not_shown():
    item = published(Article, title_en="Zebra")
    Article.objects.filter(pk=item.pk).update(state="draft")  # bypassing the workflow
    found = search("zebra", "en")
    assert results(found, found.pks) == []


def test_rebuild_adds_what_is_missing_and_drops_what_is_gone():
    kept = published(Article, title_en="Zebra")
    gone = published(Article, title_en="Zebra gone")
    Article.objects.filter(pk=gone.pk).update(state="draft")
    missing = published(Article, title_en="Zebra missing")
    writer.stored_entries(Article, [missing.pk]).delete()
    before = SearchEntry.objects.get(object_id=kept.pk, language="en").pk
    call_command("rebuild_search", stdout=StringIO())
    assert set(titles("zebra")) == {"Zebra", "Zebra missing"}
    assert SearchEntry.objects.get(object_id=kept.pk, language="en").pk == before


def test_migrating_a_portal_with_content_makes_its_index():
    published(Article, title_en="Zebra")
    SearchEntry.objects.all().delete()
    writer.build_initial_index(sender=None)
    assert titles("zebra") == ["Zebra"]


# --- Languages --------------------------------------------------------------------------


def test_item_is_found_in_the_words_of_each_language():
    published(Article, title_en="Horses", title_fr="Les chevaux", title_nl="Paarden")
    assert titles("horse", "en") == ["Horses"]
    assert titles("chevaux", "fr") == ["Les chevaux"]
    assert titles("paarden", "nl") == ["Paarden"]


def test_item_without_a_translation_is_found_as_its_page_shows_it():
    published(Article, title_en="Horses", body_en="<p>They are galloping</p>")
    assert titles("gallop", "nl") == ["Horses"]


def test_item_is_found_by_its_title_in_another_language():
    published(Article, title_en="Horses", title_fr="Les chevaux")
    assert titles("chevaux", "en") == ["Horses"]


# --- Queries ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("échelle", True),
        ("ECHELLES", True),
        ("l'échelle", True),
        ("l’echelle européenne", True),
        ("europe*", True),
        ("européenne -échelle", False),
        ("européenne -mondiale", True),
        ('"échelle européenne"', True),
        ('"européenne échelle"', False),
        ("mondiale OU européenne", True),
        ("courriel", False),
        ("email", True),
        ("e-mail", True),
        ("jtc2024", True),
        ("JTC-2024", True),
        ("jtc 2024", True),
        ("europ", True),
        ("europénne", True),
        ("la", False),
    ],
)
def test_words_are_found_as_readers_type_them(text, shown):
    published(
        Article,
        title_en="",
        title_fr="À l’échelle européenne",
        body_fr="<p>Par e-mail, pour le JTC2024.</p>",
    )
    assert titles(text, "fr") == ["À l’échelle européenne"] * shown


def test_mistyped_word_is_mended_and_can_be_insisted_on():
    published(Article, title_en="Zebras of the savannah")
    found = search("zebars savannah", "en")
    assert found.corrected_to == "zebras savannah"
    assert len(found.pks) == 1
    assert search("zebars savannah", "en", is_exact=True).pks == []


def test_mistyped_word_is_mended_where_nothing_has_all_words():
    published(Article, title_en="Zebras")
    published(Article, title_en="Savannah")
    for text in ("zebars savannah", "savannah zebars"):
        found = search(text, "en")
        assert found.corrected_to == text.replace("zebars", "zebras")
        assert found.is_partial
        assert len(found.pks) == 2


def test_nothing_is_mended_where_other_filters_find_what_was_typed():
    published(Article, title_en="Zebra")
    published(Call, title_en="Zembra")
    found = search("zebra", "en", filters=[[facets.kind_code(Call)]])
    assert (found.corrected_to, found.pks) == ("", [])


def test_acronym_typed_in_parts_is_found_whole():
    published(Initiative, title_en="An initiative", acronym="ZebraNet")
    published(Article, title_en="Zebra")
    found = search("zebra net", "en")
    assert (found.is_partial, len(found.pks)) == (False, 1)


def test_word_of_nothing_public_is_no_correction():
    unpublish(item=published(Article, title_en="Zebra"))
    published(Article, title_en="Horse")
    assert search("zebar", "en").corrected_to == ""


def test_some_words_are_better_than_none():
    published(Article, title_en="Zebra")
    found = search("zebra unicorn", "en")
    assert found.is_partial
    assert len(found.pks) == 1


def test_reference_and_acronym_come_first():
    for number in range(3):
        published(Article, title_en=f"ZEB-01 and ZEB-01 again {number}", summary_en="ZEB-01")
    published(Call, title_en="A call", reference="ZEB 01")
    published(Initiative, title_en="An initiative", acronym="ZeBRA")
    published(Article, title_en="Zebra zebra zebra")
    assert titles("zeb01")[0] == "A call"
    assert titles("zebra")[0] == "An initiative"


def test_title_counts_more_than_summary_and_that_more_than_text():
    published(Article, title_en="Three", body_en="<p>Zebra, zebra and zebra</p>")
    published(Article, title_en="Two", summary_en="A zebra")
    published(Article, title_en="One zebra")
    assert titles("zebra") == ["One zebra", "Two", "Three"]


def test_results_are_limited_and_counted_by_facets():
    health = topic("Health")
    narrower = topic("Cancer", parent=health)
    initiative = published(Initiative, title_en="Zebra initiative")
    published(Call, title_en="Zebra call", initiative=initiative, topics=[narrower])
    published(Article, title_en="Zebra news")
    found = search("zebra", "en", filters=[[f"ft{health.pk}"]])
    assert len(found.pks) == 1
    everything = search("zebra", "en")
    assert everything.counts(facets.KIND) == {
        "callscall": 1,
        "initiativesinitiative": 1,
        "newsarticle": 1,
    }
    assert everything.counts(facets.INITIATIVE) == {str(initiative.pk): 2}
    assert everything.counts(facets.TOPIC) == {str(health.pk): 1, str(narrower.pk): 1}


def test_words_are_marked_and_markup_is_escaped():
    published(Article, title_en='Zebras <script>alert("x")</script>')
    found = search("zebra", "en")
    html = Highlighter(found.expanded).highlight('Zebras <script>alert("x")</script> & é')
    assert html == (
        "<mark>Zebras</mark> &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; é"
    )


def test_list_is_found_by_words_and_sorted_by_relevance():
    published(Article, title_en="Other", body_en="<p>zebra</p>")
    published(Article, title_en="Zebra")
    published(Call, title_en="Zebra call")
    with translation.override("en"):
        found = order_by_relevance(
            filter_by_text(Article.objects.published(), "zebra"), "zebra"
        )
        assert [item.title for item in found] == ["Zebra", "Other"]
        assert not filter_by_text(Article.objects.all(), "-- &&").exists()


def test_list_with_words_is_sorted_by_relevance_unless_told_otherwise(client):
    published(Article, title_en="Other", body_en="<p>zebra</p>", published_on="2026-05-01")
    published(Article, title_en="Zebra", published_on="2026-04-01")
    page = client.get("/en/news/?q=zebra")
    assert [item.title for item in page.context["object_list"]] == ["Zebra", "Other"]
    assert [o["label"] for o in page.context["orders"] if o["is_current"]] == ["Relevance"]
    page = client.get("/en/news/?q=zebra&sort=newest")
    assert [item.title for item in page.context["object_list"]] == ["Other", "Zebra"]
    page = client.get("/en/news/?sort=relevance")
    assert "Relevance" not in [str(order["label"]) for order in page.context["orders"]]
