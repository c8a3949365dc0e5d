"""Text extraction from documents, one at a time in a subprocess."""

import logging
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile

from django.db.models import Q
from django.utils import timezone

from media.models import Document
from search.documents.extract import BROKEN, ENCRYPTED, KINDS, TOO_MUCH
from search.index import writer
from search.models import DocumentText

logger = logging.getLogger(__name__)
Problem = DocumentText.Problem

PROGRAM = Path(__file__).with_name("extract.py")
#: Time limit of the subprocess in seconds.
TIMEOUT = 60
#: Lease of an extraction; afterwards it is retried.
LEASE = timedelta(minutes=10)
PROBLEMS = {ENCRYPTED: Problem.ENCRYPTED, BROKEN: Problem.BROKEN, TOO_MUCH: Problem.TOO_MUCH}


def pending(now=None):
    """Return the extractions that are pending and not leased."""
    now = now or timezone.now()
    is_free = Q(begun_at=None) | Q(begun_at__lt=now - LEASE)
    return DocumentText.objects.filter(is_free, finished_at=None)


def read_next():
    """Extract the next pending document. Returns whether there was one."""
    document_text = pending().select_related("version").order_by("pk").first()
    if document_text is None:
        return False
    if pending().filter(pk=document_text.pk).update(begun_at=timezone.now()):
        document_text.text, document_text.problem = read(document_text.version)
        document_text.finished_at = timezone.now()
        document_text.save(update_fields=["text", "problem", "finished_at"])
        writer.rewrite(Document, [document_text.version.document_id])
    return True


def read(version):
    """Return (text, problem) of a document version's file."""
    kind = version.extension.lower()
    if kind not in KINDS:
        return "", ""
    try:
        text, code = _run(kind, version.file)
    except FileNotFoundError:
        logger.error("The file of a document is missing: %s", version.file.name)
        return "", Problem.BROKEN
    except subprocess.TimeoutExpired:
        return "", Problem.TOO_MUCH
    if code:
        # The exit code is negative if a signal killed it at its limits.
        return "", PROBLEMS.get(code, Problem.TOO_MUCH if code < 0 else Problem.BROKEN)
    return text, "" if text.strip() else Problem.EMPTY


def _run(kind, file):
    """Return (text, exit code) of the subprocess, which gets none of the portal's secrets."""
    with TemporaryFile() as copy, file.open("rb") as original:
        shutil.copyfileobj(original, copy)
        copy.seek(0)
        process = subprocess.run(  # noqa: S603 - our own program, and a kind that is listed
            [sys.executable, "-I", str(PROGRAM), kind],
            stdin=copy,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=TIMEOUT,
            check=False,
        )
    return process.stdout.decode("utf-8", "replace").replace("\0", " "), process.returncode
