"""Images, documents and reference data in the admin, and forms with invalid input."""

from io import BytesIO
from pathlib import Path
from struct import pack
from zlib import compress, crc32

import pytest
from django.contrib.admin import site
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as PillowImage
from PIL import ImageOps
from PIL.ExifTags import IFD, Base

from backoffice.base import protection
from backoffice.widgets import FocalPointInput
from calls.models import Call
from initiatives.models import Initiative, Organisation
from media.models import Document, Image
from media.renditions import FORMATS
from media.uploads import DocumentField
from news.models import Article
from pages.models import Page, PagePoint
from tests.factories import draft, offer, organisation, participation, published, topic
from tests.staff import admin_url, form_at, row, save, signed_in, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in()


def test_document_needs_a_file_at_first_and_keeps_every_version(client):
    url = admin_url(Document, "add")
    form = form_at(client, url)
    fields = {"title_en": "Guide", "slug": "guide", "language": "en"}
    assert client.post(url, submitted(form, **fields)).status_code == 200
    upload = SimpleUploadedFile("guide.pdf", b"%PDF-1")
    client.post(url, submitted(form, **fields) | row("versions", 0, file=upload))
    document = Document.objects.get()
    page = form_at(client, admin_url(document))
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
    errors = response.context["adminform"].form.errors
    assert errors["alt_text_en"][0].startswith("Write an alternative text")


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
    assert "other items refer to it" in page.text
    assert Organisation.objects.filter(pk=part.organisation_id).exists()


@pytest.mark.parametrize("model", list(site._registry))
def test_every_add_form_survives_garbage(client, model):
    url = admin_url(model, "add")
    page = client.get(url)
    if page.status_code == 403:
        return
    data = submitted(page)
    for garbage in ("\x00", "x" * 10_000, "9" * 400, "0001-01-01"):
        answer = client.post(url, {**dict.fromkeys(data, garbage), **management(data)})
        assert answer.status_code in (200, 302)


def management(data):
    return {name: value for name, value in data.items() if name.endswith("_FORMS")}


def test_what_stands_in_the_way_of_a_deletion_is_named_up_to_a_limit(client, monkeypatch):
    monkeypatch.setattr(protection, "LIMIT", 2)
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


# Public pages -----------------------------------------------------------------------------


@pytest.fixture
def image():
    return stored_image()


def stored_image(**fields):
    fields = {"name": "Laboratory", "licence": "own", "alt_text_en": "A laboratory"} | fields
    return Image.objects.create(file=picture(), **fields)


def picture(name="photo.jpg", size=(48, 30), **options):
    """Create an image upload; `format` is Pillow's name of the format."""
    content = BytesIO()
    colour = PillowImage.new("RGB", size, "teal")
    colour.save(content, options.pop("format", "JPEG"), **options)
    return SimpleUploadedFile(name, content.getvalue())


SHOWN = {
    "lead image": lambda image: published(Article, lead_image=image),
    "point of a page": lambda image: PagePoint.objects.create(
        page=published(Page), title_en="Point", text_en="Text", image=image
    ),
    "logo": lambda image: organisation(logo=image),
    "topic": lambda image: topic(lead_image=image),
}


@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_author_describes_a_picture_that_readers_see_and_cannot_replace_it(image, show):
    show(image)
    before = image.file.name
    form = signed_in("Author")
    page = form.get(admin_url(image))
    assert "Readers see this image" in page.text
    change = {"file": picture(), "focal_point_x": 0, "focal_point_y": 0, "licence": "cc0"}
    change |= {"alt_text_en": "A clean room", "credit_en": "Me"}
    assert form.post(admin_url(image), submitted(page) | change).status_code == 302
    image.refresh_from_db()
    assert (image.file.name, image.focal_point) == (before, "0.5x0.5")
    assert (image.licence, image.credit_en or "") == ("own", "")
    assert image.alt_text_en == "A clean room"


def replaces(client, image):
    before = image.file.name
    form = submitted(form_at(client, admin_url(image)), file=picture())
    assert client.post(admin_url(image), form).status_code == 302
    image.refresh_from_db()
    return image.file.name != before


def test_author_replaces_a_picture_that_only_drafts_show(image):
    draft(Article, lead_image=image)
    assert replaces(signed_in("Author"), image)


def test_publisher_replaces_a_picture_that_readers_see(image):
    for show in SHOWN.values():
        show(image)
    assert replaces(signed_in("Publisher"), image)


def test_author_adds_no_version_to_a_document(client):
    document = Document.objects.create(title_en="Guide", slug="guide")
    second = row("versions", 0, file=SimpleUploadedFile("guide.pdf", b"%PDF-2"))
    management = {"versions-TOTAL_FORMS": 1, "versions-INITIAL_FORMS": 0}
    data = {"title_en": "Guide", "slug": "guide", "language": "en", **management, **second}
    author = signed_in("Author")
    assert author.get(admin_url(document)).status_code == 200
    assert author.post(admin_url(document), data).status_code == 403
    assert not document.versions.exists()


# Files ------------------------------------------------------------------------------------


def add_image(client, file):
    fields = {"name": "x", "licence": "own", "alt_text_en": "A laboratory", "file": file}
    form = submitted(form_at(client, admin_url(Image, "add")))
    return client.post(admin_url(Image, "add"), form | fields)


def error(response):
    return " ".join(response.context["adminform"].form.errors["file"])


def test_telephone_photo_is_stored_as_the_jpeg_that_it_is(client):
    second = PillowImage.new("RGB", (48, 30), "navy")
    photo = picture(format="MPO", save_all=True, append_images=[second])
    assert PillowImage.open(photo).format == "MPO"
    photo.seek(0)
    assert add_image(client, photo).status_code == 302
    image = Image.objects.get()
    assert image.file.name.endswith(".jpg")
    assert save(client, image, alt_text_en="Still a laboratory", file="") == {}
    assert image.file.storage.exists(image.file.process("jpeg_960"))


@pytest.mark.parametrize("format", ["JPEG", "MPO", "PNG", "WEBP", "AVIF"])
def test_picture_forgets_where_and_by_whom_it_was_taken(client, format):
    exif = PillowImage.Exif()
    exif[Base.Orientation], exif[Base.Artist] = 6, "Ann Example"
    exif.get_ifd(IFD.GPSInfo)[1] = "N"
    name = f"p.{'jpg' if format == 'MPO' else format.lower()}"
    assert add_image(client, picture(name, format=format, exif=exif)).status_code == 302
    image = Image.objects.get()
    with PillowImage.open(image.file.path) as stored:
        assert dict(stored.getexif()) in ({Base.Orientation: 6}, {})
        turned = ImageOps.exif_transpose(stored).size
    assert turned == (30, 48)
    assert b"Ann Example" not in Path(image.file.path).read_bytes()


def test_broken_picture_with_notes_is_refused_in_words(client):
    exif = PillowImage.Exif()
    exif[Base.Artist] = "Ann Example"
    photo = picture(size=(480, 300), exif=exif)
    broken = SimpleUploadedFile("photo.jpg", photo.read()[: photo.size // 2])
    assert error(add_image(client, broken))


@pytest.mark.parametrize("size", [(8000, 8000), (20000, 10000), (65000, 65000)])
def test_picture_of_too_many_pixels_is_refused_in_words(client, size):
    response = add_image(client, png_header(*size))
    assert response.status_code == 200
    assert error(response)
    assert not Image.objects.exists()


def test_picture_of_64_million_pixels_is_told_what_is_too_much(client):
    assert "8000 × 8000 pixels, more than the 60 million" in error(
        add_image(client, png_header(8000, 8000))
    )


def png_header(width, height):
    """Return a PNG that falsely claims these dimensions."""

    def chunk(kind, data):
        checked = kind + data
        return pack(">I", len(data)) + checked + pack(">I", crc32(checked))

    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return SimpleUploadedFile("large.png", b"\x89PNG\r\n\x1a\n" + head + body)


def test_broken_picture_is_refused_in_words(client):
    photo = picture(size=(480, 300))
    broken = SimpleUploadedFile("photo.jpg", photo.read()[: photo.size // 2])
    response = add_image(client, broken)
    assert response.status_code == 200
    assert error(response)


def test_file_that_is_too_big_is_refused_in_words_and_nothing_typed_is_lost(client, settings):
    settings.MAX_UPLOAD_SIZE = 1024 * 1024
    file = SimpleUploadedFile("guide.pdf", b"%PDF-1" + b"0" * 2 * 1024 * 1024)
    url = admin_url(Document, "add")
    fields = {"title_en": "A guide", "slug": "guide", "language": "en"}
    form = submitted(form_at(client, url), **fields) | row("versions", 0, file=file)
    page = client.post(url, form)
    assert "This file is 2.0 MB. The portal accepts files of up to 1 MB." in page.text
    assert 'value="A guide"' in page.text
    large = SimpleUploadedFile("large.jpg", b"0" * 2 * 1024 * 1024)
    assert "up to 1 MB" in error(add_image(client, large))


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("guide.pdf", b"no PDF", False),
        ("Guide.DOCX", b"%PDF-1", False),
        ("form.odt", b"PK", False),
        ("sent-by-mail.pdf", b"\n%PDF-1", True),
        ("form.xlsx", b"PK\x05\x06" + b"\0" * 18, True),
        ("figures.csv", b"a;b", True),
    ],
)
def test_document_contains_what_its_name_says(name, content, is_taken):
    field, upload = DocumentField(), SimpleUploadedFile(name, content)
    if is_taken:
        assert field.clean(upload).read() == content
        return
    with pytest.raises(ValidationError, match="but is another kind of file"):
        field.clean(upload)


def test_document_that_is_none_is_refused_at_its_field(client):
    fields = {"title_en": "Guide", "slug": "guide", "language": "en"}
    file = row("versions", 0, file=SimpleUploadedFile("fake.pdf", b"no PDF"))
    url = admin_url(Document, "add")
    page = client.post(url, submitted(form_at(client, url), **fields) | file).text
    assert "This file has the extension PDF, but is another kind of file." in page


def test_refused_form_says_which_files_to_choose_again(client):
    url = admin_url(Image, "add")
    form = submitted(form_at(client, url))
    told = "Files are not autosaved. Choose them again"
    assert told not in client.post(url, form).text
    assert f"{told}: photo.jpg." in client.post(url, form | {"file": picture()}).text


def test_picture_whose_file_was_lost_can_still_be_described(client, image, caplog):
    for name in FORMATS:
        image.file.storage.delete(image.file.process(name))
    image.file.storage.delete(image.file.name)
    assert save(client, image, alt_text_en="Lost", file="") == {}
    assert Image.objects.get().alt_text_en == "Lost"
    assert image.file.name in caplog.text
    Image.objects.update(width=None)
    assert client.get(admin_url(Image, "changelist")).status_code == 200


@pytest.mark.parametrize("address", ["/documents/guide/", "/documents/guide/1/"])
def test_document_whose_file_was_lost_is_not_found_and_logged(client, caplog, address):
    document = Document.objects.create(title_en="Guide", slug="guide")
    version = document.versions.create(file=SimpleUploadedFile("guide.pdf", b"%PDF"))
    assert client.get(address).status_code == 200
    version.file.storage.delete(version.file.name)
    assert client.get(address).status_code == 404
    assert f"The file of a document is missing: {version.file.name}" in caplog.text
