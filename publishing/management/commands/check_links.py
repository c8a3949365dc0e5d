from django.conf import settings
from django.core.management.base import BaseCommand

from publishing.models import BrokenLink
from publishing.references import check_links


class Command(BaseCommand):
    help = (
        "Checks all public links and lists the broken ones, as the portal does each "
        "night. The admin shows them under “Broken links”."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--external",
            action="store_true",
            help="Also check links to other sites, even if CHECK_EXTERNAL_LINKS is false.",
        )

    def handle(self, *, external, **options):
        check_links(external=external or settings.CHECK_EXTERNAL_LINKS)
        count = 0
        for link in BrokenLink.objects.prefetch_related("item").iterator(chunk_size=500):
            count += 1
            problem = " ".join(filter(None, [link.get_problem_display(), link.http_status]))
            location = "/".join(filter(None, [link.rows, link.column]))
            self.stdout.write(f"{link.item} ({location}): {link.address} – {problem}")
        self.stdout.write(f"Broken links: {count}")
