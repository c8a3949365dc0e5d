"""Check for references to deleted objects, such as an image used in a draft."""

from django.utils.translation import gettext as _

from publishing.checks.base import check, error
from publishing.models import Publishable
from publishing.revisions import snapshots


@check(Publishable)
def missing_objects(item):
    snapshot = snapshots.dump(item)
    message = _("The item chosen here has been deleted. Choose another one.")
    for path, _related, _key in snapshots.missing(type(item), snapshot):
        yield error(message, **finding_location(item, path))


def finding_location(item, path):
    """Return the location of a finding for a path from `snapshots.missing`."""
    if path[0] != "rows":
        return {"field": field_name(snapshots.content_fields(type(item)), path[1])}
    _rows, accessor, key, column = path
    relation = type(item)._meta.get_field(accessor)
    keys = [row.pk for row in getattr(item, accessor).all()]
    field = field_name(snapshots.row_fields(relation), column)
    return {"field": field, "rows": accessor, "index": keys.index(key)}


def field_name(fields, column):
    return next((field.name for field in fields if field.attname == column), column)
