from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from media.models import Image
from portal.demo import MODELS_BY_FOLDER


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """Load the demo content, with empty pictures."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image, "_skip_generate_files", True, raising=False)
        with transaction.atomic():
            call_command("demo", stdout=StringIO())
            yield
            transaction.set_rollback(True)


@pytest.fixture
def load(demo, db):
    """Return a function that loads the demo content again and returns the command's output."""

    def load(**options):
        output = StringIO()
        call_command("demo", stdout=output, **options)
        return output.getvalue()

    return load


@pytest.fixture
def read_tables(demo, db):
    """Return a function that reads the rows of all demo tables: {table: values}."""
    related = {
        relation.related_model if relation.one_to_many else relation.remote_field.through
        for model in MODELS_BY_FOLDER.values()
        for relation in model._meta.get_fields()
        if relation.one_to_many or relation.concrete and relation.many_to_many
    }
    tables = {*MODELS_BY_FOLDER.values(), Image, *related}
    return lambda: {
        table: list(table._base_manager.order_by("pk").values()) for table in tables
    }
