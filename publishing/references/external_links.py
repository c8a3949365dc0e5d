"""Checker of external links: rate-limited, and never on private networks."""

import ipaddress
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from queue import Empty, SimpleQueue
from socket import SOCK_STREAM, create_connection, getaddrinfo
from threading import Thread
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from publishing.models import BrokenLink

Problem = BrokenLink.Problem

#: Response timeout, and pause between requests to one host, in seconds.
TIMEOUT = 10
PAUSE = 1
#: Number of hosts checked in parallel.
MAX_WORKERS = 4
#: Maximum number of URLs checked per host and night; the rest is checked on later nights.
MAX_PER_HOST = 200
#: Time limit of the whole check, in seconds.
MAX_DURATION = 2 * 60 * 60
REDIRECTS = 5
#: Statuses that do not show whether a browser would find the page.
INCONCLUSIVE = {401, 403, 405, 407, 408, 425, 429, 451, 999}
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(Exception):
    """The host is on a private network or on this machine."""


def check(addresses):
    """Return {URL: None or (problem, status)} for the http(s) URLs that were checked."""
    jobs, results = SimpleQueue(), {}
    for batch in batches_by_host(addresses):
        jobs.put(batch)
    job = {"target": _work, "args": (jobs, results), "daemon": True}
    workers = [Thread(**job) for _number in range(MAX_WORKERS)]
    end = time.monotonic() + MAX_DURATION
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(max(0, end - time.monotonic()))
    return dict(results)


def batches_by_host(addresses):
    """Yield a list of URLs per host, limited to MAX_PER_HOST with a daily rotation."""
    hosts = {}
    for address in sorted(addresses):
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    day = timezone.localdate().toordinal()
    for of_host in hosts.values():
        start = day * MAX_PER_HOST % len(of_host) if len(of_host) > MAX_PER_HOST else 0
        yield (of_host[start:] + of_host[:start])[:MAX_PER_HOST]


def _work(jobs, results):
    while True:
        try:
            batch = jobs.get_nowait()
        except Empty:
            return
        for address in batch:
            results[address] = problem_of(address)
            time.sleep(PAUSE)


def problem_of(address):
    """Return (problem, HTTP status or "") of a URL, or None."""
    try:
        status = status_of(address)
    except (NotPublic, ValueError):  # includes UnicodeError of an invalid host name
        return Problem.UNUSABLE, ""
    except HTTPException:
        return Problem.FAILED, ""
    except OSError:  # unknown host, connection refused, timeout, invalid certificate
        return Problem.UNREACHABLE, ""
    if status < 400 or status in INCONCLUSIVE:
        return None
    return (Problem.REFUSED if status in (404, 410) else Problem.FAILED), str(status)[:3]


def status_of(address):
    """Return the final status of a URL; GET is tried if HEAD fails."""
    status = _follow_redirects("HEAD", address)
    return status if status < 400 else _follow_redirects("GET", address)


def _follow_redirects(method, address):
    for _hop in range(REDIRECTS + 1):
        status, location = _request(method, address)
        if status not in (301, 302, 303, 307, 308) or not location:
            return status
        address = urljoin(address, location)
    raise HTTPException("Too many redirects")


def _request(method, address):
    """Return (status, redirect URL or None) of one request, without reading the body."""
    parts = urlsplit(iri_to_uri(address))
    kind = {"http": PublicConnection, "https": PublicSecureConnection}.get(parts.scheme)
    if kind is None or not parts.hostname:
        raise ValueError("Not an address of the web")
    host = urlsplit(address).hostname.encode("idna").decode()
    connection = kind(host, parts.port, timeout=TIMEOUT)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, headers={"User-Agent": user_agent(), "Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.headers.get("Location")
    finally:
        connection.close()


def user_agent():
    return f"Mozilla/5.0 (compatible; link check of {settings.PORTAL_URL})"


# --- Public hosts only ------------------------------------------------------------------


class PublicConnection(HTTPConnection):
    def connect(self):
        self.sock = dial(self.host, self.port, self.timeout)


class PublicSecureConnection(HTTPSConnection):
    def connect(self):
        sock = dial(self.host, self.port, self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)


def dial(host, port, timeout):
    """Return a socket to the host. Raises NotPublic.

    Connects to the address that was checked, as DNS may return another one next time.
    """
    found = [address for *_kind, address in getaddrinfo(host, port, type=SOCK_STREAM)]
    if not all(is_public(address[0]) for address in found):
        raise NotPublic(host)
    return create_connection(found[0][:2], timeout)


def is_public(text):
    """Return whether an IP address is public, also if it embeds an IPv4 address."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if address.version == 6:
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped:
            return is_public(str(wrapped))
    return address.is_global and not address.is_multicast
