import pytest
from django.core.management import CommandError

from calls.models import Call
from news.models import Article
from portal.demo import BATCH_SIZES


def scaled(model):
    return model._base_manager.filter(slug__startswith="scaled-").order_by("pk")


def test_scaling_makes_as_many_items_as_asked_for_once(load):
    load(scale=2)
    load(scale=2)

    assert {m: scaled(m).count() for m in BATCH_SIZES} == {
        m: 2 * n for m, n in BATCH_SIZES.items()
    }


def test_scaling_further_adds_the_same_items_as_scaling_at_once(load):
    load(scale=1)
    load(scale=2)
    in_steps = list(scaled(Article).values_list("slug", "title_en", "title_nl", "kind"))
    load(remove_scaled=True)

    load(scale=2)

    assert list(scaled(Article).values_list("slug", "title_en", "title_nl", "kind")) == in_steps


def test_generated_calls_have_the_status_of_their_key_dates(load):
    load(scale=1)

    for call in scaled(Call):
        assert call.instants_from_key_dates()["closes_at"] == call.closes_at
        assert call.instants_from_key_dates()["opens_at"] == call.opens_at
        assert list(Call.objects.with_status(call.status).filter(pk=call.pk)) == [call]
        assert call.topics.exists()
        assert call.funders.count() == 2


def test_generated_items_can_be_removed(load, read_tables):
    before = read_tables()
    load(scale=1)

    assert load(remove_scaled=True) == "149 generated items deleted.\n"

    assert read_tables() == before


def test_scaling_by_nothing_is_refused(load):
    with pytest.raises(CommandError, match="whole number"):
        load(scale=0)
