"""Nightly maintenance of the database."""

import pytest
from django.db import connection

from calls.models import Call
from portal.jobs import gather_statistics
from publishing import jobs
from publishing.states import State


@pytest.mark.django_db
def test_items_of_a_page_are_found_by_their_keys():
    calls = [Call(slug=str(number), state=State.PUBLISHED) for number in range(2000)]
    keys = [call.pk for call in Call.objects.bulk_create(calls)[:20]]
    gather_statistics()
    if connection.vendor == "sqlite":
        assert "PRIMARY KEY" in Call.objects.published().filter(pk__in=keys).explain()


def test_statistics_are_gathered_at_night():
    assert "portal.jobs.gather_statistics" in jobs._nightly
