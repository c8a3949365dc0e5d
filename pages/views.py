from functools import partial

from pages.models import Page
from syndication import structured_data
from website.views import PublishedDetailView


class PageDetailView(PublishedDetailView):
    model = Page
    describe = staticmethod(partial(structured_data.creative_work, "WebPage"))
