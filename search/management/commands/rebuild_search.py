from django.core.management.base import BaseCommand

from search.index import writer


class Command(BaseCommand):
    help = "Rebuilds the search index while the site runs, after a restore or a bulk import."

    def handle(self, **options):
        count = sum(writer.rebuild())
        self.stdout.write(f"Indexed {count} items.")
