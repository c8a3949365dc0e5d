from functools import partial

from pages.models import Page
from publishing import structured_data
from publishing.views import PublishedDetailView


class PageDetailView(PublishedDetailView):
    model = Page
    describe = staticmethod(partial(structured_data.creative_work, "WebPage"))
