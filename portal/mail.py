"""E-mail backend that writes mails to files, for a portal without a mail server.

Staff can open the files with any mail program.
"""

import secrets
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.text import slugify


def uses_mail_server():
    """Return whether mails are sent by a mail server rather than written to files."""
    return settings.EMAIL_BACKEND != "portal.mail.FolderBackend"


class FolderBackend(BaseEmailBackend):
    """E-mail backend that writes each message to its own `.eml` file in EMAIL_FILE_PATH.

    File names begin with the time, so that they sort by age.
    """

    def __init__(self, file_path=None, **kwargs):
        super().__init__(**kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages):
        sent = 0
        for message in email_messages or []:
            if not message.recipients():
                continue
            try:
                self._write(message)
                sent += 1
            except OSError:
                if not self.fail_silently:
                    raise
        return sent

    def _write(self, message):
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        path = self.folder / _file_name(message)
        temporary_path = path.with_suffix(
            ".part"
        )  # a mail program must not open half a message
        temporary_path.write_bytes(message.message().as_bytes(linesep="\r\n"))
        temporary_path.rename(path)


def _file_name(message):
    timestamp = timezone.now().strftime("%Y%m%d-%H%M%S-%f")
    subject = slugify(message.subject)[:60] or "mail"
    return f"{timestamp}-{subject}-{secrets.token_hex(2)}.eml"
