"""Roles of staff: groups and their permissions."""

from django.apps import apps
from django.contrib.auth.management import create_permissions

from publishing.registry import declarations

IMAGES = ("media.image",)
DOCUMENTS = ("media.document",)
REFERENCE = ("initiatives.region", "publishing.topic")
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


def labels(role):
    """Return the labels of the models that are declared with a role."""
    found = (each.model._meta for each in declarations() if each.role == role)
    return tuple(sorted(options.label_lower for options in found))


def roles():
    """Return {role: permissions}; each role has those of the one before it."""
    written, reference = labels("content"), (*labels("reference"), *REFERENCE)
    content = (*written, *IMAGES, *DOCUMENTS, *reference)
    # Writes drafts; the only change that readers see is the description of an image.
    author = (
        permissions("view", content)
        | permissions("add change", written + IMAGES)
        | permissions("add", DOCUMENTS)
    )
    # Reviews and changes all drafts, and maintains what is shared: organisations, documents.
    editor = (
        author
        | permissions("approve", written)
        | permissions("delete", written + IMAGES)
        | permissions("add change", DOCUMENTS + reference)
        | permissions("view add change", EDITIONS)
    )
    # Decides what the public sees.
    publisher = (
        editor
        | permissions("publish", written)
        | permissions("delete", content)
        | permissions("view add change delete", BUNDLES)
        | permissions("delete send", EDITIONS)
    )
    # Assigns roles, and answers to subscribers.
    administrator = (
        publisher
        | permissions("view add change delete", PEOPLE)
        | permissions("view change delete", SUBSCRIBERS)
        | permissions("view add delete", SUPPRESSIONS)
        | permissions("view", CONSENT)
    )
    return {
        "Author": author,
        "Editor": editor,
        "Publisher": publisher,
        "Administrator": administrator,
    }


def grant(models, database):
    """Grant the roles their permissions for some models, as for a type that is new."""
    for app in sorted({model._meta.app_label for model in models}):
        create_permissions(apps.get_app_config(app), verbosity=0, using=database)
    wanted = {model._meta.label_lower for model in models}
    known = known_permissions(apps, database)
    _grant(apps, database, {n: known[n] for n in known if _model_label(n) in wanted})


def _grant(apps, database, known):
    """Make the groups and grant each role those of the `known` permissions that it has."""
    groups = apps.get_model("auth", "Group").objects.using(database)
    for name, wanted in roles().items():
        group, _created = groups.get_or_create(name=name)
        group.permissions.add(*[known[one] for one in sorted(wanted & known.keys())])


def _model_label(permission):
    app, codename = permission.split(".")
    return f"{app}.{codename.partition('_')[2]}"


def make_roles(apps, schema_editor):
    """Create the groups and grant their missing permissions, in a migration.

    `apps` and `schema_editor` are those of RunPython. Permissions of models that later
    migrations create are granted by a later call.
    """
    database = schema_editor.connection.alias
    make_permissions(apps, database)
    _grant(apps, database, known_permissions(apps, database))


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
