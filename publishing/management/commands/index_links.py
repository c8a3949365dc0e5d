from django.core.management.base import BaseCommand

from publishing.references import mentions


class Command(BaseCommand):
    help = "Rebuilds the index of links between items, after a restore or a bulk import."

    def handle(self, **options):
        count = mentions.rebuild()
        self.stdout.write(f"Indexed the links of {count} items.")
