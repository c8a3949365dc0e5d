import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from portal.config import (
    VARIABLES,
    InvalidSetting,
    misspelt_names,
    read_dotenv,
    read_environment,
)

HOST_IN_PRODUCTION = {"ALLOWED_HOSTS": "calls.example.org", "HTTPS": "true"}


@pytest.fixture
def read(tmp_path):
    """Return a function that reads variables, given as keywords, in an empty project folder."""

    def read_in(**environ):
        return read_environment(tmp_path, environ)

    read_in.base_dir = tmp_path
    return read_in


def refusal(read, **environ):
    with pytest.raises(InvalidSetting) as caught:
        read(**environ)
    return str(caught.value)


def test_nothing_set_gives_a_portal_for_this_machine_only(read):
    environment = read()
    assert environment.debug is False
    assert environment.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert environment.portal_url == "http://127.0.0.1:8000"
    assert environment.data_dir == read.base_dir / "var"
    assert environment.database["NAME"] == read.base_dir / "var" / "portal.sqlite3"
    assert environment.email == {"EMAIL_BACKEND": "portal.mail.FolderBackend"}


def test_an_empty_value_counts_as_not_set(read):
    assert read(PORT="", ALLOWED_HOSTS=" ", DATA_DIR="") == read()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "٨٠"),
        ("PORT", "9" * 5000),
        ("WORKERS", "0"),
        ("HOST", "calls.example.org"),
        ("HOST", "999.1.1.1"),
        ("DEBUG", "maybe"),
        ("HTTPS", "2"),
        ("BEHIND_PROXY", "proxy"),
        ("DEMO_CONTENT", "demo"),
        ("LANGUAGES", "en,de"),
        ("LANGUAGES", "en,en"),
        ("LANGUAGES", ","),
        ("TIME_ZONE", "Brussels"),
        ("TIME_ZONE", "../../etc/passwd"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "https://calls.example.org"),
        ("ALLOWED_HOSTS", "calls.example.org:8000"),
        ("PORTAL_URL", "calls.example.org"),
        ("PORTAL_URL", "ftp://localhost"),
        ("PORTAL_URL", "http://localhost/portal"),
        ("PORTAL_URL", "http://localhost:port"),
        ("PORTAL_URL", "http://[::1"),
        ("PORTAL_NAME", "two\nlines"),
        ("PORTAL_LOGO", "../secret.svg"),
        ("PORTAL_LOGO", "https://example.org/logo.svg"),
        ("PORTAL_LOGO", "logo.exe"),
        ("PORTAL_CONTACT_EMAIL", "not an address"),
        ("DEFAULT_FROM_EMAIL", "Portal"),
        ("DEFAULT_FROM_EMAIL", "a@example.org\nBcc: b@example.org"),
        ("API_RATE", "300"),
        ("API_RATE", "0/min"),
        ("API_RATE", "10/fortnight"),
        ("LOG_LEVEL", "LOUD"),
        ("DATA_DIR", "relative/folder"),
        ("DATA_DIR", "/dev/null/folder"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("DATABASE_URL", "mysql://user:hunter2@host/name"),
        ("DATABASE_URL", "postgres://user:hunter2@host:port/name"),
        ("DATABASE_URL", "postgres://user:hunter2@host"),
        ("DATABASE_URL", "hunter2"),
        ("DATABASE_URL", "sqlite:///relative.sqlite3"),
        ("DATABASE_URL", "sqlite:////no/such/folder/portal.sqlite3"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("REDIS_URL", "http://:hunter2@host"),
        ("REDIS_URL", "redis://:hunter2@host:port/0"),
        ("EMAIL_URL", "pigeon://user:hunter2@host"),
        ("EMAIL_URL", "smtp://"),
        ("EMAIL_URL", "smtp://user:hunter2@host:port"),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence_that_names_the_variable(read, name, text):
    sentence = refusal(read, **{name: text})
    assert sentence.startswith(f"{name} ")
    assert "; expected " in sentence
    assert "\n" not in sentence
    assert len(sentence) < 300
    assert "hunter2" not in sentence


@pytest.mark.parametrize(
    ("name", "text", "attribute", "value"),
    [
        ("PORT", "9000", "port", 9000),
        ("HOST", "localhost", "host", "127.0.0.1"),
        ("HOST", "::1", "host", "::1"),
        ("HTTPS", "yes", "https", True),
        ("HTTPS", "Off", "https", False),
        ("DEMO_CONTENT", "0", "demo_content", False),
        ("LANGUAGES", " nl, fr ", "languages", ["nl", "fr"]),
        ("TIME_ZONE", "Europe/Paris", "time_zone", "Europe/Paris"),
        ("API_RATE", "10/s", "api_rate", "10/s"),
        ("LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("PORTAL_NAME", "Appels à projets", "portal_name", "Appels à projets"),
        ("DEFAULT_FROM_EMAIL", "Calls <c@example.org>", "from_email", "Calls <c@example.org>"),
        ("PORTAL_URL", "http://localhost:8000/", "portal_url", "http://localhost:8000"),
    ],
)
def test_a_good_value_is_read(read, name, text, attribute, value):
    assert getattr(read(**{name: text}), attribute) == value


def test_a_postgresql_address_gives_checked_lasting_connections(read):
    database = read(DATABASE_URL="postgres://u:p%40ss@db:5433/calls?sslmode=require").database
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["USER"], database["PASSWORD"]) == ("u", "p@ss")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db", 5433, "calls")
    assert database["CONN_MAX_AGE"] == 60
    assert database["CONN_HEALTH_CHECKS"] is True
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_an_sqlite_address_keeps_the_options_for_several_writers(read, tmp_path):
    database = read(DATABASE_URL=f"sqlite:///{tmp_path}/calls.sqlite3").database
    assert database["NAME"] == tmp_path / "calls.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("text", "port", "starttls", "tls"),
    [
        ("smtp://host", 25, False, False),
        ("smtp+tls://user:pw@host", 587, True, False),
        ("smtp+ssl://user:pw@host", 465, False, True),
        ("smtp+tls://user:pw@host:2525", 2525, True, False),
    ],
)
def test_a_mail_server_has_the_port_and_encryption_of_its_scheme(
    read, text, port, starttls, tls
):
    email = read(EMAIL_URL=text).email
    assert email["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert email["EMAIL_HOST"] == "host"
    assert (email["EMAIL_PORT"], email["EMAIL_USE_TLS"], email["EMAIL_USE_SSL"]) == (
        port,
        starttls,
        tls,
    )


def test_redis_becomes_the_cache(read):
    cache = read(REDIS_URL="redis://:pw@host:6379/3").cache
    assert cache["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert cache["LOCATION"] == "redis://:pw@host:6379/3"


def test_https_implies_a_proxy_and_the_public_address(read):
    environment = read(**HOST_IN_PRODUCTION)
    assert environment.behind_proxy is True
    assert environment.portal_url == "https://calls.example.org"
    assert environment.trusted_origins == ["https://calls.example.org"]


def test_a_generated_key_is_kept_and_private(read):
    key = read().secret_key
    path = read.base_dir / "var" / "secret_key"
    assert read().secret_key == key
    assert len(key) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in path.parent.iterdir()] == ["secret_key"]


def test_a_damaged_key_stops_the_start(read):
    read()
    (read.base_dir / "var" / "secret_key").write_text("")
    assert refusal(read).startswith("SECRET_KEY ")


def test_secrets_are_not_in_the_representation(read):
    environment = read(EMAIL_URL="smtp://u:hunter2@host", REDIS_URL="redis://:hunter2@host")
    assert "hunter2" not in repr(environment)
    assert environment.secret_key not in repr(environment)


def test_debug_is_refused_for_a_public_portal(read):
    assert read(DEBUG="true").debug is True
    assert "calls.example.org" in refusal(read, DEBUG="true", ALLOWED_HOSTS="calls.example.org")
    assert "0.0.0.0" in refusal(read, DEBUG="true", HOST="0.0.0.0")


def test_an_address_that_would_not_be_answered_is_refused(read):
    sentence = refusal(read, PORTAL_URL="https://calls.example.org")
    assert sentence.startswith("ALLOWED_HOSTS ")
    assert "calls.example.org" in sentence


def test_a_plain_address_is_refused_with_https(read):
    sentence = refusal(read, **HOST_IN_PRODUCTION, PORTAL_URL="http://calls.example.org")
    assert sentence.startswith("PORTAL_URL ")


def test_a_logo_must_exist(read):
    assert refusal(read, PORTAL_LOGO="logo.svg").startswith("PORTAL_LOGO ")
    media = read.base_dir / "var" / "media"
    media.mkdir()
    (media / "logo.svg").write_text("<svg/>")
    assert read(PORTAL_LOGO="logo.svg").portal_logo == "logo.svg"


def test_the_file_gives_values_that_variables_override(read):
    (read.base_dir / ".env").write_text(
        "# comment\n\nPORT=9000\nexport PORTAL_NAME='My Calls'\n"
    )
    assert (read().port, read().portal_name) == (9000, "My Calls")
    assert read(PORT="9100").port == 9100
    assert "PORTAL_NAME" not in os.environ


def test_a_line_that_is_no_assignment_is_named_without_its_text(read):
    (read.base_dir / ".env").write_text("PORT=9000\nSECRET_KEY: hunter2\n")
    sentence = refusal(read)
    assert "Line 2 of " in sentence
    assert "hunter2" not in sentence


def test_a_missing_file_gives_no_values(tmp_path):
    assert read_dotenv(tmp_path / ".env") == {}


def test_misspelt_names_are_told_from_foreign_ones():
    names = ["DATABASE_URI", "ALLOWED_HOST", "PORT", "LANGUAGE", "PATH", "HOSTNAME", "EDITOR"]
    assert dict(misspelt_names(names)) == {
        "DATABASE_URI": "DATABASE_URL",
        "ALLOWED_HOST": "ALLOWED_HOSTS",
    }


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "check"),
        ("manage.py", "serve"),
        ("manage.py", "migrate", "--check"),
        ("-c", "import portal.wsgi"),
    ],
)
def test_every_entrance_stops_with_the_sentence_alone(command, tmp_path):
    environ = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "PORT": "eighty"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environ,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "PORT is 'eighty'; expected a whole number from 1 to 65535.\n"


def test_three_settings_make_a_production_portal(tmp_path):
    environ = {
        **HOST_IN_PRODUCTION,
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "between-fifty-and-sixty-random-characters-are-enough-012",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=environ,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_readme_tells_of_every_variable_and_of_no_other():
    readme = (settings.BASE_DIR / "docs" / "settings.md").read_text()
    _, _, rest = readme.partition("| Variable | Default | Meaning |\n")
    rows = rest.partition("\n\n")[0].splitlines()[1:]
    assert rows == [readme_row(item) for item in VARIABLES]


def readme_row(item):
    is_text = item.default and not item.derive
    default = f"`{item.default}`" if is_text else item.default or "none"
    return f"| `{item.name}` | {default} | {item.doc} |"


def test_the_readme_gives_a_reason_for_each_library():
    readme = (settings.BASE_DIR / "docs" / "decisions" / "libraries.md").read_text()
    for name in ("requirements.in", "requirements-dev.in"):
        for library in libraries(settings.BASE_DIR / name):
            assert f"\n| {library} | " in readme


def libraries(path: Path):
    for line in path.read_text().splitlines():
        if line and not line.startswith(("-", "#")):
            yield line.split(">")[0].split("[")[0].strip()
