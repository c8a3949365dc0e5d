"""Tables that the page cache watches: everything that public pages show."""

from django.apps import apps

from page_cache import writes
from publishing.models import Publishable
from publishing.revisions import snapshots

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
    shown = {
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in IGNORED_APPS and model._meta.label not in IGNORED
    }
    of_items = {model for model in shown if model._meta.label in CHANGED_WITH_ITEMS}
    for model in shown:
        if issubclass(model, Publishable):
            of_items |= {model, *_parts(model)}
    writes.watch(item_tables=_tables(of_items), site_tables=_tables(shown - of_items))


def _parts(model):
    """Return the models of the rows and many-to-many links of an item."""
    rows = [relation.related_model for relation in snapshots.row_relations(model)]
    return rows + [field.remote_field.through for field in model._meta.many_to_many]


def _tables(models):
    return {model._meta.db_table for model in models}
