"""Program that fills the database of the browser tests.

Run it as `python -m tests.browser.content`, in the environment of the portal.
"""

import os
from io import BytesIO

import django
from PIL import Image

PASSWORD = "written-for-a-test-run"
STAFF = "editor"
#: Superusers, each used by one test module.
SUPERUSERS = (STAFF, "colleague", "reviewer")
#: Name -> role.
MEMBERS = {"paula": "Author", "edgar": "Editor", "petra": "Publisher"}


def load():
    from django.core.management import call_command

    from portal.demo import loader

    call_command("migrate", verbosity=0)
    # Pictures are tested elsewhere; a small file of the same shape is enough here.
    loader.image_content = plain_picture
    call_command("demo", verbosity=0)
    add_staff()


def plain_picture(_name):
    file = BytesIO()
    Image.new("RGB", (320, 200), "slategray").save(file, "JPEG")
    return file.getvalue()


def add_staff():
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group

    from accounts.models import User

    password = make_password(PASSWORD)
    for name in SUPERUSERS:
        User.objects.create(username=name, password=password, is_staff=True, is_superuser=True)
    for name, role in MEMBERS.items():
        user = User.objects.create(
            username=name, password=password, is_staff=True, display_name=name.title()
        )
        user.groups.add(Group.objects.get(name=role))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    load()
