"""Collection of browser problems that a reader would not see."""


class PageMonitor:
    """Problems of a page since it was created.

    These are console messages, errors, requests to other hosts and missing files.
    """

    def __init__(self, page, url):
        self.url = url
        self.problems = []
        #: URLs that are expected to respond with an error.
        self.expected = set()
        page.on("console", self.record_message)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("request", self.record_request)
        page.on("response", self.record_response)

    def record_message(self, message):
        if message.type in ("error", "warning") and not self.is_expected(message):
            self.problems.append(f"console {message.type}: {message.text}")

    def is_expected(self, message):
        return message.location.get("url") in self.expected

    def record_request(self, request):
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.problems.append(f"request to another host: {request.url}")

    def record_response(self, response):
        if response.status >= 400 and response.url not in self.expected:
            self.problems.append(f"{response.status}: {response.url}")
