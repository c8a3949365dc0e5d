"""The roles of staff: groups, and what each may do with what."""

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
#: What is recorded of subscribers, and what nobody changes.
CONSENT = (
    "newsletter.consentevent",
    "newsletter.refusal",
    "newsletter.signup",
    "newsletter.subscription",
    "newsletter.wording",
)
EDITIONS = ("newsletter.edition",)


def permissions(verbs, models):
    """Names such as "calls.publish_call", for each of the verbs and models."""
    pairs = [model.split(".") for model in models]
    return {f"{app}.{verb}_{name}" for app, name in pairs for verb in verbs.split()}


#: Writes drafts; changes nothing that readers see, but for the description of a picture.
AUTHOR = (
    permissions("view", CONTENT)
    | permissions("add change", WRITTEN + IMAGES)
    | permissions("add", DOCUMENTS)
)
#: Cares for all drafts, reviews them, and cares for what is shared: organisations, documents.
EDITOR = (
    AUTHOR
    | permissions("approve", WRITTEN)
    | permissions("delete", WRITTEN + IMAGES)
    | permissions("add change", DOCUMENTS + REFERENCE)
    | permissions("view add change", EDITIONS)
)
#: Decides what the public sees.
PUBLISHER = (
    EDITOR
    | permissions("publish", WRITTEN)
    | permissions("delete", CONTENT)
    | permissions("view add change delete", BUNDLES)
    | permissions("delete send", EDITIONS)
)
#: Gives others their roles, and answers to subscribers.
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
    """Make the groups and grant what they lack. For migrations: `apps` as these pass it.

    Permissions of models that later migrations make are left to a later call.
    """
    database = schema_editor.connection.alias
    make_permissions(apps, database)
    granted = known_permissions(apps, database)
    groups = apps.get_model("auth", "Group").objects.using(database)
    for name, wanted in ROLES.items():
        group, _created = groups.get_or_create(name=name)
        group.permissions.add(*[granted[one] for one in sorted(wanted & granted.keys())])


def make_permissions(apps, database):
    """The permissions of all models, which Django itself only makes after all migrations."""
    for config in apps.get_app_configs():
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=database)
        config.models_module = None


def known_permissions(apps, database):
    """dict of all permissions by name."""
    rows = apps.get_model("auth", "Permission").objects.using(database)
    return {
        f"{row.content_type.app_label}.{row.codename}": row
        for row in rows.select_related("content_type")
    }
