import pytest
from django.utils import translation

from initiatives.models import Organisation
from localisation.fields import country_choices


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "nl", "pl"])
def test_every_country_has_a_name_in_the_readers_language(language):
    with translation.override(language):
        countries = dict(country_choices())

    assert {"BE", "FR", "NL", "XK"} <= set(countries)
    assert "CQ" not in countries


def test_countries_are_in_the_order_of_the_language():
    with translation.override("fr"):
        names = [name for _code, name in country_choices()]

    assert names.index("Égypte") < names.index("Équateur") < names.index("Espagne")
    assert names.index("Îles Cook") < names.index("Inde")
    assert names[-1] == "Zimbabwe"


def test_migrations_record_the_field_without_what_depends_on_the_language():
    field = Organisation._meta.get_field("country")
    name, _path, _args, kwargs = field.deconstruct()
    assert name == "country"
    assert not {"choices", "help_text"} & kwargs.keys()
