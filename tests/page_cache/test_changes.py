"""The log of changes: written with the transaction, and only for what pages show."""

import pytest
from django.db import connection, transaction

from calls.models import Call
from news.models import Article
from page_cache import changes, writes
from page_cache.dependencies import SITE
from page_cache.models import Change
from publishing import page_tags
from publishing.models import Revision, Topic
from publishing.revisions import snapshots
from publishing.signals import revision_recorded
from publishing.workflow import publish, save_draft, unpublish
from tests.factories import draft, published, topic


def recorded():
    """Return the recorded changes so far, as sets of tags, and forget them."""
    found = [set(change.tags.split()) for change in Change.objects.order_by("pk")]
    Change.objects.all().delete()
    return found


@pytest.fixture
def watched(transactional_db, django_db_serialized_rollback):
    """Watch the connection and the workflow, as with a page cache."""
    connection.execute_wrappers.insert(0, writes._execute)
    revision_recorded.connect(page_tags.record_revision)
    yield
    revision_recorded.disconnect(page_tags.record_revision)
    connection.execute_wrappers.remove(writes._execute)


@pytest.mark.parametrize(
    "write",
    [
        lambda item: item.save(),
        lambda item: Topic.objects.update(name_en="New"),
        lambda item: Topic.objects.bulk_create([Topic(name_en="Another", slug="another")]),
        lambda item: item.delete(),
        lambda item: connection.cursor().execute("UPDATE publishing_topic SET name_en = 'x'"),
    ],
)
def test_every_write_to_what_all_pages_may_show_is_recorded(watched, write):
    item = topic()
    recorded()
    write(item)
    assert {SITE} in recorded()


def write():
    """Write without the signals, whose receivers write to other tables after the commit."""
    Topic.objects.bulk_create([Topic(name_en="New", slug=f"topic-{Topic.objects.count()}")])


def test_writes_of_one_transaction_are_recorded_once_and_only_if_it_commits(watched):
    with transaction.atomic():
        write()
        write()
    assert recorded() == [{SITE}]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError
    assert recorded() == []
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write()
            raise ZeroDivisionError
        write()
    assert recorded() == [{SITE}]


def test_publication_is_recorded_with_the_items_that_it_touches(watched):
    call, other = published(Call), published(Call)
    article = draft(Article)
    article.calls.add(call)
    recorded()
    publish(item=article)
    (tags,) = recorded()
    assert tags == {
        "items",
        "news.article",
        f"news.article:{article.pk}",
        f"calls.call:{call.pk}",
    }
    snapshot = snapshots.dump_live(article)
    snapshot["links"]["calls"] = [other.pk]
    seen = Revision.objects.of(article).first().number
    save_draft(item=article, snapshot=snapshot, seen=seen)
    assert recorded() == []
    publish(item=article)
    (tags,) = recorded()
    assert {f"calls.call:{call.pk}", f"calls.call:{other.pk}"} <= tags
    unpublish(item=article)
    (tags,) = recorded()
    assert f"calls.call:{other.pk}" in tags


def test_change_of_an_item_without_the_workflow_drops_all_pages(watched):
    article = published(Article)
    recorded()
    Article.objects.update(title_en="Changed by a script")
    assert recorded() == [{SITE}]
    article.topics.add(topic())
    assert {SITE} in recorded()


def test_rows_are_read_once_and_deleted_after_a_day(db):
    found = []
    reader = changes.ChangeReader(found.append)
    reader.read(is_forced=True)
    changes.record("a", "b")
    reader.read(is_forced=True)
    reader.read(is_forced=True)
    assert found == [{"a", "b"}]
    Change.objects.update(created_at="2020-01-01T00:00Z")
    changes.delete_old()
    assert not Change.objects.exists()
