"""Storage of static files: bundled style sheets and compression."""

import logging
import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Entry-point style sheets, which import all others; they are in STYLE_FOLDER.
STYLE_FOLDER = "css"
STYLE_SHEETS = {"css/index.css", "css/admin.css"}
IMPORT = re.compile(r'@import url\("([^"]+)"\);')
RELATIVE_URL = re.compile(r'url\("(?![a-z]+:|[/#])([^"]+)"\)')

logger = logging.getLogger(__name__)


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files storage that inlines imported style sheets: one request instead of sixty."""

    has_warned = False

    def stored_name(self, name):
        """Return the hashed name, or without a manifest the name itself."""
        if self.hashed_files:
            return super().stored_name(name)
        if not self.has_warned:
            logger.warning("No static files were collected, so pages have no styles.")
            self.has_warned = True
        return name

    def post_process(self, paths, dry_run=False, **options):
        for name in paths.keys() & STYLE_SHEETS if not dry_run else ():
            text = inline_imports(name, paths)
            self.delete(name)
            self.save(name, ContentFile(text.encode()))
            paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, dry_run, **options)

    def compress_files(self, paths):
        """Compress only files with a hash in their name, the ones that browsers request."""
        return super().compress_files(paths & set(self.hashed_files.values()))


def inline_imports(name, paths):
    """Return a style sheet with its @imports inlined and its URLs rebased to STYLE_FOLDER.

    `paths` is collectstatic's dict of names to (storage, path in that storage).
    """
    storage, path = paths[name]
    with storage.open(path) as file:
        text = file.read().decode()
    folder = posixpath.dirname(name)

    def rebase(match):
        target = posixpath.join(folder, match[1])
        return f'url("{posixpath.relpath(target, STYLE_FOLDER)}")'

    def insert(match):
        return inline_imports(posixpath.normpath(posixpath.join(folder, match[1])), paths)

    if IMPORT.search(text):
        return IMPORT.sub(insert, text)
    return RELATIVE_URL.sub(rebase, text)
