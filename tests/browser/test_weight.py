"""Tests of the bytes transferred by a first visit, without the content's images."""

import pytest

from tests.browser.addresses import PUBLIC

LIMIT = 150_000
CONTENT = ("/media/", "/artwork/")


@pytest.mark.parametrize("name", ["home", "calls", "call-open", "topic"])
def test_page_weighs_less_than_150_kilobytes(page, portal, name):
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(PUBLIC[name])
    page.wait_for_load_state("networkidle")
    pictures = tuple(portal.url + path for path in CONTENT)
    sent = {
        answer.url.removeprefix(portal.url): answer.request.sizes()["responseBodySize"]
        for answer in answers
        if not answer.url.startswith(pictures)
    }
    assert {".css", ".js", ".woff2", ".svg"} <= {url[url.rfind(".") :] for url in sent}
    assert sum(sent.values()) < LIMIT, sent
