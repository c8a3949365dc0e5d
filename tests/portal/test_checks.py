from portal.config.checks import (
    check_mail_is_sent,
    check_misspelt_variables,
    check_workers_share_a_cache,
)

LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
REDIS = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}}


def ids(messages):
    return [message.id for message in messages]


def test_several_workers_without_a_shared_cache_are_warned_of(settings):
    settings.WORKERS, settings.CACHES = 2, LOCAL
    assert ids(check_workers_share_a_cache()) == ["portal.W001"]


def test_one_worker_or_a_shared_cache_is_fine(settings):
    settings.WORKERS, settings.CACHES = 1, LOCAL
    assert check_workers_share_a_cache() == []
    settings.WORKERS, settings.CACHES = 2, REDIS
    assert check_workers_share_a_cache() == []


def test_a_misspelt_variable_is_named_with_the_right_one(monkeypatch):
    monkeypatch.setenv("DATABASE_URI", "postgres://user:hunter2@host/name")
    (message,) = check_misspelt_variables()
    assert "DATABASE_URI" in message.msg
    assert message.hint == "Did you mean DATABASE_URL?"
    assert "hunter2" not in str(message)


def test_mails_that_reach_nobody_are_told_of(settings):
    settings.EMAIL_BACKEND = "portal.mail.FolderBackend"
    assert ids(check_mail_is_sent()) == ["portal.I001"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert check_mail_is_sent() == []
