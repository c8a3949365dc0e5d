from publishing.references import external_links, link_report, mentions
from publishing.references.link_report import check_links, check_links_tonight
from publishing.references.mentions import prefetch_public_targets, with_current_links

__all__ = [
    "check_links",
    "check_links_tonight",
    "external_links",
    "prefetch_public_targets",
    "with_current_links",
    "link_report",
    "mentions",
]
