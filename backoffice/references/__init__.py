"""Links between items, in the admin: their targets, their sources, and broken ones."""

from backoffice.references.broken_links import BrokenLinkAdmin
from backoffice.references.link_targets import link_targets
from backoffice.references.linked_from import linked_from
from backoffice.references.mentions import Mentions

__all__ = ["BrokenLinkAdmin", "Mentions", "link_targets", "linked_from"]
