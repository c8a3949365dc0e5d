from publishing.references import external_links, link_report, mentions
from publishing.references.link_report import check_links, check_links_tonight
from publishing.references.mentions import find_targets, for_readers

__all__ = [
    "check_links",
    "check_links_tonight",
    "external_links",
    "find_targets",
    "for_readers",
    "link_report",
    "mentions",
]
