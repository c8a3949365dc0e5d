"""Pictures, documents and what is referred to; and forms filled in with garbage."""

import pytest
from django.contrib.admin import site
from django.core.files.uploadedfile import SimpleUploadedFile

from calls.models import Call
from initiatives.models import Initiative, Organisation
from news.models import Article
from publishing.admin import deletion
from publishing.models import Document, Image
from publishing.widgets import FocalPointInput
from tests.factories import draft, offer, organisation, participation
from tests.staff import admin_url, row, signed_in, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in()


def test_document_needs_a_file_at_first_and_keeps_every_version(client):
    url = admin_url(Document, "add")
    form = client.get(url)
    fields = {"title_en": "Guide", "slug": "guide", "language": "en"}
    assert client.post(url, submitted(form, **fields)).status_code == 200
    upload = SimpleUploadedFile("guide.pdf", b"%PDF-1")
    client.post(url, submitted(form, **fields) | row("versions", 0, file=upload))
    document = Document.objects.get()
    page = client.get(admin_url(document))
    second = row("versions", 0, file=SimpleUploadedFile("guide.pdf", b"%PDF-2"))
    data = submitted(page) | second | {"versions-TOTAL_FORMS": 1}
    client.post(admin_url(document), data)
    assert [version.number for version in document.versions.all()] == [2, 1]
    assert document.get_absolute_url() in client.get(admin_url(document)).text


def test_focal_point_is_kept_by_the_sliders():
    widget = FocalPointInput()
    assert widget.decompress("0.25x0.7") == [25, 70]
    assert widget.decompress("garbage") == [50, 50]
    assert widget.value_from_datadict({"f_x": "25", "f_y": "170"}, {}, "f") == "0.25x1"
    assert widget.value_from_datadict({"f_x": "left"}, {}, "f") == "0.5x0.5"


def test_image_without_alternative_text_is_refused(client, one_pixel):
    fields = {"name": "x", "licence": "own", "focal_point_x": 50, "focal_point_y": 50}
    response = client.post(admin_url(Image, "add"), fields | {"file": one_pixel})
    assert "Write an alternative text" in response.text


@pytest.fixture
def one_pixel():
    gif_free_png = (
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154"
        "789c6360606060000000050001a5f645400000000049454e44ae426082"
    )
    return SimpleUploadedFile("pixel.png", bytes.fromhex(gif_free_png))


def test_organisation_cannot_go_while_something_refers_to_it(client):
    part = participation(draft(Initiative))
    page = client.post(admin_url(part.organisation, "delete"), {"post": "yes"})
    assert "something else refers to it" in page.text
    assert Organisation.objects.filter(pk=part.organisation_id).exists()


@pytest.mark.parametrize("model", list(site._registry))
def test_every_add_form_survives_garbage(client, model):
    url = admin_url(model, "add")
    if client.get(url).status_code == 403:
        return
    data = submitted(client.get(url))
    for garbage in ("\x00", "x" * 10_000, "9" * 400, "0001-01-01"):
        answer = client.post(url, {**dict.fromkeys(data, garbage), **management(data)})
        assert answer.status_code in (200, 302)


def management(data):
    return {name: value for name, value in data.items() if name.endswith("_FORMS")}


def test_what_stands_in_the_way_of_a_deletion_is_named_up_to_a_limit(client, monkeypatch):
    monkeypatch.setattr(deletion, "LIMIT", 2)
    funder = organisation()
    for number in range(3):
        offer(draft(Call, title_en=f"Call {number}"), organisation=funder)
    page = client.get(admin_url(funder, "delete")).text
    assert [f">Call {number}</a>" in page for number in range(3)] == [True, True, False]
    assert "Funders: and others" in page


def test_picture_cannot_go_while_an_article_shows_it(client):
    image = Image.objects.create(name="x", licence="own", is_decorative=True)
    draft(Article, title_en="Illustrated", lead_image=image)
    page = client.post(admin_url(image, "delete"), {"post": "yes"}).text
    assert ">Illustrated</a>" in page
    assert Image.objects.exists()
