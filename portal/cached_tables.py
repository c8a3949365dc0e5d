"""Tables that the page cache watches: everything that public pages show."""

from django.apps import apps

from page_cache import writes
from publishing.models import Publishable

#: Apps whose tables no public page reads.
IGNORED_APPS = {"accounts", "admin", "auth", "contenttypes", "page_cache", "sessions"}
#: Models that no stored page reads, or whose changes come with others that are watched.
IGNORED = {
    "newsletter.BounceEvent",
    "newsletter.ConsentEvent",
    "newsletter.Delivery",
    "newsletter.DigestRun",
    "newsletter.Mute",
    "newsletter.Refusal",
    "newsletter.SignUp",
    "newsletter.Subscriber",
    "newsletter.Subscription",
    "newsletter.Suppression",
    "publishing.BrokenLink",
    "publishing.Bundle",
    "publishing.BundleItem",
    "publishing.Comment",
    "publishing.NightlyRun",
    "publishing.OpenForm",
    "publishing.PreviewLink",
    "publishing.Review",
    "publishing.Schedule",
    "syndication.SitemapPart",  # only read by sitemaps, which are not stored
}
#: Models without items or rows that the workflow changes with an item.
CHANGED_WITH_ITEMS = {
    "calls.Phase",
    "publishing.FormerAddress",
    "publishing.ItemLink",
    "publishing.Revision",
    "search.SearchEntry",
    "search.SearchWord",
    "syndication.PublicChange",
}


def watch_tables():
    """Let the page cache watch the tables of all models, except for those that are ignored."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in IGNORED_APPS and model._meta.label not in IGNORED
    ]
    items = {model._meta.db_table for model in models if _is_of_item(model)}
    site = {model._meta.db_table for model in models} - items
    writes.watch(item_tables=items, site_tables=site)


def _is_of_item(model):
    """Return whether a model is an item, a row of items, or links them."""
    if issubclass(model, Publishable) or model._meta.label in CHANGED_WITH_ITEMS:
        return True
    if model._meta.auto_created:
        return issubclass(model._meta.auto_created, Publishable)
    owners = [field.related_model for field in model._meta.fields if field.many_to_one]
    return any(
        issubclass(owner, Publishable)
        and model in [owner._meta.get_field(name).related_model for name in owner.rows]
        for owner in owners
    )
