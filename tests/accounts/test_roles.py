import pytest

from accounts.roles import roles
from tests.staff import member

pytestmark = pytest.mark.django_db


def may(role, *permissions):
    user = member(role)
    return [user.has_perm(permission) for permission in permissions]


@pytest.mark.parametrize("role", roles())
def test_migration_makes_each_role_with_all_its_permissions(role):
    assert member(role).get_all_permissions() == roles()[role]


def test_each_role_may_do_all_that_the_one_before_may():
    rights = list(roles().values())
    assert all(less < more for less, more in zip(rights, rights[1:], strict=False))


def test_author_writes_but_does_not_publish():
    assert may("Author", "calls.add_call", "calls.change_call", "calls.publish_call") == [
        True,
        True,
        False,
    ]


def test_editor_cares_for_organisations_but_does_not_publish():
    wanted = ("initiatives.change_organisation", "news.publish_article", "accounts.add_user")
    assert may("Editor", *wanted) == [True, False, False]


@pytest.mark.parametrize("role", ["Publisher", "Administrator"])
def test_publisher_and_administrator_publish_every_type(role):
    user = member(role)
    publishing = [name for name in roles()[role] if ".publish_" in name]
    assert len(publishing) == 6
    assert user.has_perms(publishing)


def test_only_the_administrator_gives_roles_and_sees_subscribers():
    wanted = ("accounts.change_user", "newsletter.view_subscriber")
    assert may("Administrator", *wanted) == [True, True]
    assert may("Publisher", *wanted) == [False, False]
