"""How static files are prepared for delivery."""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Style sheets that browsers ask for; they import all others. They stand in FOLDER.
FOLDER = "css"
STYLES = {"css/index.css", "css/admin.css"}
IMPORT = re.compile(r'@import url\("([^"]+)"\);')
RELATIVE_URL = re.compile(r'url\("(?![a-z]+:|[/#])([^"]+)"\)')


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Joins each style sheet with all that it imports: one request instead of sixty."""

    def post_process(self, paths, dry_run=False, **options):
        for name in paths.keys() & STYLES if not dry_run else ():
            text = joined(name, paths)
            self.delete(name)
            self.save(name, ContentFile(text.encode()))
            paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, dry_run, **options)

    def compress_files(self, paths):
        """Compresses what browsers ask for: the files with a hash in their name."""
        return super().compress_files(paths & set(self.hashed_files.values()))


def joined(name, paths):
    """The text of a style sheet with each @import replaced by the file it names.

    `paths` is collectstatic's dict of names to (storage, path in it).
    """
    storage, path = paths[name]
    with storage.open(path) as file:
        text = file.read().decode()
    folder = posixpath.dirname(name)

    def rebase(match):
        target = posixpath.join(folder, match[1])
        return f'url("{posixpath.relpath(target, FOLDER)}")'

    def insert(match):
        return joined(posixpath.normpath(posixpath.join(folder, match[1])), paths)

    if IMPORT.search(text):
        return IMPORT.sub(insert, text)
    return RELATIVE_URL.sub(rebase, text)
