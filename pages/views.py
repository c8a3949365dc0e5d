from pages.models import Page
from publishing.views import PublishedDetailView


class PageDetailView(PublishedDetailView):
    model = Page
