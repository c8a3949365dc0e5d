"""Whether addresses on other sites answer: asked politely, and never of private networks."""

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

#: Seconds to wait for an answer, and between two requests to one host.
TIMEOUT = 10
PAUSE = 1
#: Hosts that are asked at the same time.
AT_ONCE = 4
#: Addresses of one host that are asked for in one night; the others have to wait.
PER_HOST = 200
#: Seconds that all of it may take.
LONGEST = 2 * 60 * 60
REDIRECTS = 5
#: Answers that don't tell whether a reader with a browser finds the page.
UNDECIDED = {401, 403, 405, 407, 408, 425, 429, 451, 999}
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(Exception):
    """A host is on a private network, or on this machine."""


def check(addresses):
    """{address: None or (problem, status)} of those http(s) addresses that were asked for."""
    waiting, answers = SimpleQueue(), {}
    for portion in tonight(addresses):
        waiting.put(portion)
    job = {"target": _work, "args": (waiting, answers), "daemon": True}
    workers = [Thread(**job) for _number in range(AT_ONCE)]
    end = time.monotonic() + LONGEST
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(max(0, end - time.monotonic()))
    return dict(answers)


def tonight(addresses):
    """Lists of addresses, one a host, each with the portion whose turn it is today."""
    hosts = {}
    for address in sorted(addresses):
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    day = timezone.localdate().toordinal()
    for of_host in hosts.values():
        start = day * PER_HOST % len(of_host) if len(of_host) > PER_HOST else 0
        yield (of_host[start:] + of_host[:start])[:PER_HOST]


def _work(waiting, answers):
    while True:
        try:
            portion = waiting.get_nowait()
        except Empty:
            return
        for address in portion:
            answers[address] = problem_of(address)
            time.sleep(PAUSE)


def problem_of(address):
    """What is wrong with an address: (problem, status of HTTP or ""), or None."""
    try:
        status = status_of(address)
    except (NotPublic, ValueError):  # UnicodeError of a host's name is one, too
        return Problem.UNUSABLE, ""
    except HTTPException:
        return Problem.FAILED, ""
    except OSError:  # no such host, nothing listens, no answer in time, a broken certificate
        return Problem.UNREACHABLE, ""
    if status < 400 or status in UNDECIDED:
        return None
    return (Problem.REFUSED if status in (404, 410) else Problem.FAILED), str(status)[:3]


def status_of(address):
    """The status that an address answers with in the end; some servers only know GET."""
    status = _followed("HEAD", address)
    return status if status < 400 else _followed("GET", address)


def _followed(method, address):
    for _hop in range(REDIRECTS + 1):
        status, location = _request(method, address)
        if status not in (301, 302, 303, 307, 308) or not location:
            return status
        address = urljoin(address, location)
    raise HTTPException("Too many redirects")


def _request(method, address):
    """(status, address to go on to or None) of one request; the body is never read."""
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


# --- Only public hosts ------------------------------------------------------------------


class PublicConnection(HTTPConnection):
    def connect(self):
        self.sock = dial(self.host, self.port, self.timeout)


class PublicSecureConnection(HTTPSConnection):
    def connect(self):
        sock = dial(self.host, self.port, self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.host)


def dial(host, port, timeout):
    """A socket to the host. It is the address that was judged that is connected to: a name
    may lead elsewhere the next time it is asked for. Raises NotPublic."""
    found = [address for *_kind, address in getaddrinfo(host, port, type=SOCK_STREAM)]
    if not all(is_public(address[0]) for address in found):
        raise NotPublic(host)
    return create_connection(found[0][:2], timeout)


def is_public(text):
    """Whether an IP address is one of the internet, also where it wraps another one."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if address.version == 6:
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped:
            return is_public(str(wrapped))
    return address.is_global and not address.is_multicast
