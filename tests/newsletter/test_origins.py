import pytest
from django.test import RequestFactory

from newsletter.consent import is_from_own_page, network_of

OWN, OTHER = "http://testserver", "https://evil.example"


def post(**headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return RequestFactory().post("/en/newsletter/", headers=names)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": OWN, "Sec_Fetch_Site": "same-origin"}, True),
        ({"Origin": OWN}, True),
        ({"Origin": "https://calls.example.org"}, True),
        ({"Sec_Fetch_Site": "same-origin"}, True),
        ({"Sec_Fetch_Site": "none"}, True),
        ({}, True),
        ({"Origin": OTHER, "Sec_Fetch_Site": "cross-site"}, False),
        ({"Origin": OTHER}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": f"{OWN}.evil.example"}, False),
        ({"Sec_Fetch_Site": "same-site"}, False),
        ({"Sec_Fetch_Site": "cross-site"}, False),
        ({"Sec_Fetch_Site": ""}, False),
    ],
)
def test_only_own_pages_and_programs_may_post(settings, headers, expected):
    settings.CSRF_TRUSTED_ORIGINS = ["https://calls.example.org"]
    assert is_from_own_page(post(**headers)) is expected


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_a_network_is_an_ipv4_address_or_a_64(address, network):
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    assert network_of(request) == network


@pytest.mark.parametrize(
    ("forwarded", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("invented, 198.51.100.1, 192.0.2.7", "192.0.2.7"),
        ("not an address", "not an address"),
    ],
)
def test_behind_a_proxy_only_what_the_proxy_added_counts(settings, forwarded, network):
    request = post(X_Forwarded_For=forwarded)
    settings.SECURE_PROXY_SSL_HEADER = None
    assert network_of(request) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert network_of(request) == network
