"""Command that loads the demo content, and generated content for load tests."""

from time import monotonic

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.demo import TYPES, Calendar, Loader, load_pictures, read, remove, scale
from search.index import writer as index


class Command(BaseCommand):
    help = "Loads the demo content. Existing content does not change."

    def add_arguments(self, parser):
        parser.add_argument(
            "--scale",
            type=int,
            metavar="N",
            help="Also create N times as many generated items, for load tests.",
        )
        parser.add_argument(
            "--remove-scaled",
            action="store_true",
            help="Only delete the items created by --scale.",
        )

    def handle(self, *args, scale, remove_scaled, **options):
        if remove_scaled:
            self.stdout.write(f"{remove()} generated items deleted.")
            return
        if scale is not None and scale < 1:
            raise CommandError("--scale must be a whole number of 1 or more.")
        with transaction.atomic():
            self.load()
        if scale:
            self.load_more(scale)

    def load(self):
        loader = Loader(Calendar(timezone.localdate()))
        new = {"images": load_pictures()}
        for folder, model in TYPES.items():
            new[folder] = loader.load(model, read(folder))
        counts = [f"{count} {name}" for name, count in new.items() if count]
        self.stdout.write(f"Demo content: {', '.join(counts) or 'nothing'} new.")

    def load_more(self, number):
        start, made = monotonic(), 0
        for count in scale(number):
            made += count
            self.stdout.write(f"\r{made} generated items", ending="")
            self.stdout.flush()
        sum(index.add_missing())
        seconds = round(monotonic() - start)
        self.stdout.write(f"\rCreated {made} items in {seconds} seconds.")
