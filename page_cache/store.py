"""Pages in the memory of one process."""

import gzip
import time
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b
from threading import Lock

#: Bytes of a page below which compressing is not worth it.
SMALLEST_COMPRESSED = 500
#: Fixed cost of a page in bytes: headers, tags and indexes.
OVERHEAD = 2_000


@dataclass
class Page:
    """A complete response, and what it was made from.

    `expires_at` is in seconds since the epoch. Headers are those that do not depend on the
    encoding.
    """

    headers: list
    body: bytes
    tags: frozenset
    expires_at: float
    _encoded: dict = field(default_factory=dict)

    def __post_init__(self):
        self.etag = blake2b(self.body, digest_size=12).hexdigest()

    def encoded(self, encoding):
        """Return the body in an encoding: "gzip", or "" for none."""
        if encoding not in self._encoded:
            is_gzip = encoding == "gzip"
            self._encoded[encoding] = (
                gzip.compress(self.body, 6, mtime=0) if is_gzip else self.body
            )
        return self._encoded[encoding]

    def best_encoding(self, accepted):
        """Return the encoding for an Accept-Encoding header."""
        is_worth_it = len(self.body) >= SMALLEST_COMPRESSED
        return "gzip" if is_worth_it and accepts_gzip(accepted) else ""

    @property
    def size(self):
        return len(self.body) + OVERHEAD


def accepts_gzip(header):
    """Return whether an Accept-Encoding header allows gzip (RFC 9110, 12.5.3)."""
    for part in header.lower().split(","):
        name, _, parameter = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return parameter.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


class PageStore:
    """Pages by key, of at most `max_bytes` together; those not used for longest go first."""

    def __init__(self, max_bytes):
        self.max_bytes = max_bytes
        self.bytes = 0
        #: Number of drops so far; see `put`.
        self.generation = 0
        self._pages = OrderedDict()
        self._keys = defaultdict(set)
        self._dropped = {}
        self._lock = Lock()

    def get(self, key):
        """Return the page with this key if it is still current, else None."""
        page = self._pages.get(key)
        if page is None or page.expires_at <= time.time():
            return None
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        return page

    def put(self, key, page, generation):
        """Store a page, unless what it shows changed since `generation`.

        `generation` is the store's when the page began to be rendered.
        """
        with self._lock:
            if any(self._dropped.get(tag, 0) > generation for tag in page.tags):
                return
            self._remove(key)
            if page.size > self.max_bytes:
                return
            self._pages[key] = page
            self.bytes += page.size
            for tag in page.tags:
                self._keys[tag].add(key)
            while self.bytes > self.max_bytes:
                self._remove(next(iter(self._pages)))

    def drop(self, tags):
        """Remove all pages that depend on one of these tags."""
        with self._lock:
            self.generation += 1
            for tag in tags:
                self._dropped[tag] = self.generation
                for key in list(self._keys.get(tag, ())):
                    self._remove(key)

    def _remove(self, key):
        page = self._pages.pop(key, None)
        if page is None:
            return
        self.bytes -= page.size
        for tag in page.tags:
            self._keys[tag].discard(key)
            if not self._keys[tag]:
                del self._keys[tag]

    def __len__(self):
        return len(self._pages)
