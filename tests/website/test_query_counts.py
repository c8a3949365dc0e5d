"""Lists and details run the same number of queries for one item and for thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calls.models import Call, Project
from initiatives.models import Initiative, KeyFigure, Milestone, Resource
from news.models import Article, Event
from publishing.models import Topic
from tests import factories
from tests.website.test_contract import api_address, list_address

pytestmark = pytest.mark.django_db


def rich(model, topics, make=factories.published, organisation=None):
    """Create an item with a row of each kind, to reveal any query per row."""
    item = make(model, topics=topics)
    organisation = organisation or factories.organisation()
    if model is Call:
        item.initiative = factories.live(Initiative)
        item.save()
        factories.key_date(item, "opening", -2)
        factories.key_date(item, "full-proposal", 20)
        factories.offer(item, organisation=organisation)
    if model is Project:
        item.call = factories.live(Call)
        item.save()
        factories.participant(item, organisation=organisation)
    if model is Initiative:
        factories.participation(item, organisation=organisation)
        KeyFigure.objects.create(initiative=item, value=3, label="things")
        Milestone.objects.create(initiative=item, happens_on="2024-01-01", title="m")
        Resource.objects.create(initiative=item, url="https://example.org/", title="r")
    if model in (Article, Event):
        item.initiatives.add(factories.live(Initiative))
        item.calls.add(factories.live(Call))
    return item


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
        response.getvalue() if response.streaming else response.content
    assert response.status_code == 200, address
    return len(captured)


@pytest.mark.parametrize("model", [Call, Project, Initiative, Article, Event])
def test_lists_take_a_constant_number_of_queries(client, model):
    topics = [factories.topic()]
    addresses = [list_address(model), api_address(model), reverse("home")]
    addresses.append(topics[0].get_absolute_url())
    rich(model, topics)
    one = [queries(client, address) for address in addresses]
    funder = factories.organisation()
    factories.index_items([rich(model, topics, factories.live, funder) for _ in range(29)])
    thirty = [queries(client, address) for address in addresses]
    assert dict(zip(addresses, thirty, strict=True)) == dict(zip(addresses, one, strict=True))


def test_list_of_organisations_takes_a_constant_number_of_queries(client):
    factories.organisation()
    address = reverse("initiatives:organisations")
    one = queries(client, address)
    for _ in range(29):
        factories.organisation()
    assert queries(client, address) == one


def test_list_of_topics_takes_a_constant_number_of_queries(client):
    factories.topic(parent=factories.topic())
    address = reverse("topics")
    one = queries(client, address)
    for number in range(30):
        factories.topic(f"T{number}", parent=Topic.objects.order_by("pk").first())
    assert queries(client, address) == one


def add_rows(item, count):
    """Add `count` rows of every kind that the item's page shows."""
    for _ in range(count):
        organisation = factories.organisation()
        if isinstance(item, Call):
            factories.key_date(item, "info-day", 3)
            factories.offer(item, organisation=organisation)
            rich(Project, [], factories.live, organisation)
            Project.objects.update(call=item)
        if isinstance(item, Project):
            factories.participant(item, organisation=organisation)
        if isinstance(item, Initiative):
            factories.participation(item, organisation=organisation)
            rich(Call, [], factories.live, organisation)
            Call.objects.update(initiative=item)
        if isinstance(item, Article | Event):
            item.initiatives.add(factories.live(Initiative))


@pytest.mark.parametrize("model", [Call, Project, Initiative, Article, Event])
def test_details_take_a_constant_number_of_queries(client, model):
    item = rich(model, [factories.topic()])
    add_rows(item, 2)
    address = item.get_absolute_url()
    one = queries(client, address)
    add_rows(item, 29)
    assert queries(client, address) == one


def test_page_of_an_organisation_takes_a_constant_number_of_queries(client):
    organisation = factories.organisation()

    def add_parts():
        factories.participation(factories.live(Initiative), organisation=organisation)
        factories.participant(factories.live(Project), organisation=organisation)
        factories.offer(factories.open_call(), organisation=organisation)

    add_parts()
    one = queries(client, organisation.get_absolute_url())
    for _ in range(29):
        add_parts()
    assert queries(client, organisation.get_absolute_url()) == one
