"""Links between items, in the admin: their targets, their sources, and broken ones."""

from publishing.admin.references.broken_links import BrokenLinkAdmin
from publishing.admin.references.link_targets import link_targets
from publishing.admin.references.linked_from import linked_from
from publishing.admin.references.mentions import Mentions

__all__ = ["BrokenLinkAdmin", "Mentions", "link_targets", "linked_from"]
