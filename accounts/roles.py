"""Roles of staff: groups and their permissions."""

from django.contrib.auth.management import create_permissions

WRITTEN = (
    "calls.call",
    "calls.project",
    "initiatives.initiative",
    "news.article",
    "news.event",
    "pages.page",
)
IMAGES = ("media.image",)
DOCUMENTS = ("media.document",)
REFERENCE = ("initiatives.organisation", "initiatives.region", "publishing.topic")
CONTENT = WRITTEN + IMAGES + DOCUMENTS + REFERENCE
PEOPLE = ("accounts.user", "auth.group")
BUNDLES = ("publishing.bundle",)
SUBSCRIBERS = ("newsletter.subscriber",)
SUPPRESSIONS = ("newsletter.suppression",)
#: Read-only records about subscribers.
CONSENT = (
    "newsletter.consentevent",
    "newsletter.refusal",
    "newsletter.signup",
    "newsletter.subscription",
    "newsletter.wording",
)
EDITIONS = ("newsletter.edition",)


def permissions(verbs, models):
    """Return names such as "calls.publish_call" for each verb and model.

    `verbs` is separated by spaces; `models` are names such as "calls.call".
    """
    pairs = [model.split(".") for model in models]
    return {f"{app}.{verb}_{name}" for app, name in pairs for verb in verbs.split()}


#: Writes drafts; changes nothing that is public except descriptions of images.
AUTHOR = (
    permissions("view", CONTENT)
    | permissions("add change", WRITTEN + IMAGES)
    | permissions("add", DOCUMENTS)
)
#: Maintains and reviews all drafts, and maintains shared organisations, topics and documents.
EDITOR = (
    AUTHOR
    | permissions("approve", WRITTEN)
    | permissions("delete", WRITTEN + IMAGES)
    | permissions("add change", DOCUMENTS + REFERENCE)
    | permissions("view add change", EDITIONS)
)
#: Publishes and deletes content, and sends editions.
PUBLISHER = (
    EDITOR
    | permissions("publish", WRITTEN)
    | permissions("delete", CONTENT)
    | permissions("view add change delete", BUNDLES)
    | permissions("delete send", EDITIONS)
)
#: Manages staff accounts, roles and subscribers.
ADMINISTRATOR = (
    PUBLISHER
    | permissions("view add change delete", PEOPLE)
    | permissions("view change delete", SUBSCRIBERS)
    | permissions("view add delete", SUPPRESSIONS)
    | permissions("view", CONSENT)
)

ROLES = {
    "Author": AUTHOR,
    "Editor": EDITOR,
    "Publisher": PUBLISHER,
    "Administrator": ADMINISTRATOR,
}


def make_roles(apps, schema_editor):
    """Create the groups and grant their missing permissions, in a migration.

    `apps` and `schema_editor` are those of RunPython. Permissions of models that later
    migrations create are granted by a later call.
    """
    database = schema_editor.connection.alias
    make_permissions(apps, database)
    granted = known_permissions(apps, database)
    groups = apps.get_model("auth", "Group").objects.using(database)
    for name, wanted in ROLES.items():
        group, _created = groups.get_or_create(name=name)
        group.permissions.add(*[granted[one] for one in sorted(wanted & granted.keys())])


def make_permissions(apps, database):
    """Create the permissions of all models, as Django does only after all migrations."""
    for config in apps.get_app_configs():
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=database)
        config.models_module = None


def known_permissions(apps, database):
    """Return all permissions by name, such as "calls.publish_call"."""
    rows = apps.get_model("auth", "Permission").objects.using(database)
    return {
        f"{row.content_type.app_label}.{row.codename}": row
        for row in rows.select_related("content_type")
    }
