"""URLs of the portal. Public pages have a language prefix, addresses for machines do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.static import serve

from backoffice.preview import as_on_page, choose_instant
from media.views import artwork, document
from newsletter.delivery import webhook
from portal import feeds, views
from portal import sitemaps as portal_sitemaps
from portal.api import UnknownAddressView
from portal.search import SearchView, suggestions
from syndication import sitemaps
from syndication.feeds.views import feed_paths
from website.preview import shared, shared_document
from website.routes import section_patterns
from website.subpages import VersionListView, card, version

handler400 = "portal.server.middleware.bad_request"

urlpatterns = [
    path("admin/preview/", admin.site.admin_view(choose_instant), name="as-on"),
    path(
        "admin/preview/<str:on>/<path:address>",
        admin.site.admin_view(as_on_page),
        name="as-on-page",
    ),
    path("admin/", admin.site.urls),
    path("preview/<str:token>/", shared, name="shared-preview"),
    path("preview/<str:token>/<slug:language>/", shared, name="shared-preview"),
    path(
        "preview/<str:token>/<slug:language>/documents/<slug:slug>/",
        shared_document,
        name="shared-preview-document",
    ),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include(("portal.api", "api"))),
    re_path(r"^api(?:/|$)", UnknownAddressView.as_view()),
    path("documents/<slug:slug>/", document, name="document"),
    path("documents/<slug:slug>/<int:number>/", document, name="document-version"),
    path("artwork/<slug:theme>/<slug:seed>.svg", artwork, name="artwork"),
    path("robots.txt", portal_sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("news-sitemap.xml", portal_sitemaps.news, name="news-sitemap"),
    re_path(
        r"^sitemap-lists-(?P<language>[a-z-]+)\.xml$",
        sitemaps.lists,
        {"names": portal_sitemaps.list_names()},
        name="sitemap-lists",
    ),
    re_path(
        r"^sitemap-(?P<section>[a-z]+)-(?P<language>[a-z-]+)-(?P<number>\d{1,9})\.xml$",
        sitemaps.part,
        name="sitemap-part",
    ),
    path("health/", views.health, name="health"),
    path("mail-reports/", webhook, name="mail-reports"),
    re_path(
        r"^media/(?P<path>.{1,200})$",
        serve,
        {"document_root": settings.MEDIA_ROOT},
        name="media",
    ),
]

urlpatterns += i18n_patterns(
    path("", views.HomeView.as_view(), name="home"),
    *section_patterns(),
    path("", include("newsletter.urls")),
    path("card.jpg", views.card, name="card"),
    path("<path:address>/card.jpg", card, name="item-card"),
    path("<path:address>/versions/", VersionListView.as_view(), name="versions"),
    path("<path:address>/versions/<int:number>/", version, name="version"),
    *feed_paths("", feeds.PortalFeedView, "home"),
    *feed_paths("initiatives/<slug:slug>/", feeds.InitiativeFeedView, "initiative"),
    path(
        "initiatives/<slug:slug>/calendar.ics",
        feeds.InitiativeCalendarView.as_view(),
        name="initiative-calendar",
    ),
    path("search/", SearchView.as_view(), name="search"),
    path("search/suggestions/", suggestions, name="suggestions"),
    path("topics/", views.TopicListView.as_view(), name="topics"),
    *feed_paths("topics/<slug:slug>/", feeds.TopicFeedView, "topic"),
    path(
        "topics/<slug:slug>/calendar.ics",
        feeds.TopicCalendarView.as_view(),
        name="topic-calendar",
    ),
    path("topics/<slug:slug>/", views.TopicDetailView.as_view(), name="topic"),
)
