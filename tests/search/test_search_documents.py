"""The text of documents is searchable, and malicious files do no harm."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document as Docx
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from calls.models import Call
from media.models import Document, DocumentVersion
from publishing.workflow import publish, unpublish
from search.documents import reader as documents
from search.models import DocumentText, SearchEntry
from search.queries import search
from search.results import results
from tests.factories import draft

pytestmark = pytest.mark.django_db
Problem = DocumentText.Problem


def pdf(text="", password=None):
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    kinds = {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}
    font = DictionaryObject(
        {NameObject(f"/{k}"): NameObject(f"/{v}") for k, v in kinds.items()}
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    return written(writer.write)


def docx(text):
    document = Docx()
    document.add_paragraph(text)
    return written(document.save)


def written(write):
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def zip_bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * (documents_limit() + 1))
    return file.getvalue()


def documents_limit():
    from search.documents import MAX_UNPACKED

    return MAX_UNPACKED


def document(content, name="guide.pdf", **fields):
    values = {"title_en": "The guide", "slug": "guide", "language": "en", **fields}
    found = Document.objects.create(**values)
    DocumentVersion.objects.create(document=found, file=ContentFile(content, name=name))
    return found


def held(found):
    """Publish a call with the document."""
    call = draft(Call, title_en="A call")
    call.documents.add(found)
    return publish(item=call)


def titles(text):
    found = search(text, "en")
    return [result.entry.title for result in results(found, found.pks)]


@pytest.mark.parametrize(("make", "name"), [(pdf, "guide.pdf"), (docx, "guide.docx")])
def test_document_is_found_by_its_text(make, name):
    held(document(make("Zebras are eligible"), name))
    assert titles("guide") == ["The guide"]
    assert titles("zebra") == []
    assert documents.read_next()
    assert titles("zebra") == ["The guide"]
    assert not documents.read_next()


def test_new_version_is_read_anew():
    found = document(docx("Zebras"), "guide.docx")
    held(found)
    documents.read_next()
    DocumentVersion.objects.create(
        document=found, file=ContentFile(docx("Giraffes"), name="guide.docx")
    )
    documents.read_next()
    assert (titles("zebra"), titles("giraffe")) == ([], ["The guide"])


def test_document_of_nothing_public_is_not_found():
    found = document(pdf("Zebras"))
    assert titles("guide") == []
    call = held(found)
    assert titles("guide") == ["The guide"]
    unpublish(item=call)
    assert titles("guide") == []
    assert not SearchEntry.objects.exists()


def test_document_is_found_from_the_instant_it_is_available():
    held(document(pdf("Zebras"), available_at=timezone.now() + timedelta(days=1)))
    assert SearchEntry.objects.filter(title="The guide").exists()
    assert search("guide", "en").pks == []


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (lambda: pdf("Zebras", password="secret"), "a.pdf", Problem.ENCRYPTED),
        (lambda: b"%PDF-1.4 nothing", "a.pdf", Problem.BROKEN),
        (lambda: b"no zip", "a.docx", Problem.BROKEN),
        (zip_bomb, "a.docx", Problem.TOO_MUCH),
        (pdf, "a.pdf", Problem.EMPTY),
        (lambda: b"zip", "a.zip", ""),
    ],
    ids=["encrypted", "broken", "no zip", "bomb", "empty", "unread kind"],
)
def test_what_cannot_be_read_is_told_and_the_title_is_found(content, name, problem):
    held(document(content(), name))
    documents.read_next()
    extracted = DocumentText.objects.get()
    assert (extracted.problem, extracted.text) == (problem, "")
    assert titles("guide") == ["The guide"]


def test_one_worker_reads_a_document():
    held(document(pdf("Zebras")))
    DocumentText.objects.update(begun_at=timezone.now())
    assert not documents.read_next()
    DocumentText.objects.update(begun_at=timezone.now() - documents.LEASE * 2)
    assert documents.read_next()
