"""Command that loads the demo content, and generated content for load tests."""

from time import monotonic

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.demo import (
    MODELS_BY_FOLDER,
    DateParser,
    Loader,
    create_scaled_items,
    load_images,
    read_entries,
    remove_scaled_items,
)
from search.index import writer


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
            self.stdout.write(f"{remove_scaled_items()} generated items deleted.")
            return
        if scale is not None and scale < 1:
            raise CommandError("--scale must be a whole number of 1 or more.")
        with transaction.atomic():
            self.load()
        if scale:
            self.load_scaled(scale)

    def load(self):
        loader = Loader(DateParser(timezone.localdate()))
        new = {"images": load_images()}
        for folder, model in MODELS_BY_FOLDER.items():
            new[folder] = loader.load(model, read_entries(folder))
        counts = [f"{count} {name}" for name, count in new.items() if count]
        self.stdout.write(f"Demo content: {', '.join(counts) or 'nothing'} new.")

    def load_scaled(self, number):
        start, created = monotonic(), 0
        for count in create_scaled_items(number):
            created += count
            self.stdout.write(f"\r{created} generated items", ending="")
            self.stdout.flush()
        sum(writer.add_missing())
        seconds = round(monotonic() - start)
        self.stdout.write(f"\rCreated {created} items in {seconds} seconds.")
