from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMessage, get_connection

BACKEND = "portal.mail.FolderBackend"


def send(folder, *messages, **options):
    return get_connection(BACKEND, file_path=folder, **options).send_messages(list(messages))


def message(subject="Confirmez votre inscription é", to=("reader@example.org",)):
    return EmailMessage(subject, "Bonjour à tous\n", "portal@example.org", list(to))


def test_each_message_is_a_file_that_a_mail_program_opens(tmp_path):
    assert send(tmp_path / "mail", message(), message("Second")) == 2
    first, second = sorted((tmp_path / "mail").iterdir())
    assert first.name.endswith(".eml")
    assert "confirmez-votre-inscription-e" in first.name
    assert "second" in second.name
    read = message_from_bytes(first.read_bytes(), policy=policy.default)
    assert read["Subject"] == "Confirmez votre inscription é"
    assert read["To"] == "reader@example.org"
    assert read.get_content().splitlines() == ["Bonjour à tous"]


def test_the_subject_cannot_leave_the_folder(tmp_path):
    send(tmp_path / "mail", message("../../etc/passwd"), message("\x00"), message(""))
    assert len(list((tmp_path / "mail").iterdir())) == 3
    assert [item.name for item in tmp_path.iterdir()] == ["mail"]


def test_a_message_to_nobody_is_not_written(tmp_path):
    assert send(tmp_path / "mail", message(to=())) == 0
    assert not (tmp_path / "mail").exists()


def test_a_folder_that_cannot_be_written_raises_unless_silent(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError):
        send(tmp_path / "file", message())
    assert send(tmp_path / "file", message(), fail_silently=True) == 0
