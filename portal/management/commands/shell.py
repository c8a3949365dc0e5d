"""Django's shell, in which the test client can request pages."""

from django.conf import settings
from django.core.management.commands import shell


class Command(shell.Command):
    def handle(self, **options):
        # The host of `django.test.Client`. This process serves nobody else.
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        return super().handle(**options)
