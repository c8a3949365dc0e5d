"""Unsaved items with random content."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from portal.demo.phrases import choose_languages, make_texts
from publishing.states import State


class RandomItems:
    """Unsaved items with random content, the same for each number, collected in `objects`."""

    def __init__(self, number, topics, images):
        self.number, self.topics, self.images = number, topics, images
        self.random = Random(f"scaled-{number}")  # noqa: S311 - not for security
        self.now = timezone.now().replace(minute=0, second=0, microsecond=0)
        self.objects = []
        self.created = {}

    def add(self, model, **values):
        item = model(**values)
        self.objects.append(item)
        return item

    def add_item(self, model, position, **values):
        """Add a Publishable with texts, a publication state and topics."""
        languages = choose_languages(self.random)
        values |= make_texts(self.random, languages) | self.publication_fields()
        if self.random.random() < 0.5 and self.images:
            values["lead_image"] = self.random.choice(self.images)
        item = self.add(model, slug=self.slug(model, position), **values)
        for topic in self.random.sample(self.topics, min(2, len(self.topics))):
            self.link(item, "topics", topic)
        return item

    def slug(self, model, position):
        return f"scaled-{self.number}-{model._meta.model_name}-{position}"

    def publication_fields(self):
        """Return the publication fields; most items were published in the last three years."""
        if self.random.random() < 0.05:
            return {}
        at = self.now - timedelta(hours=self.random.randrange(1, 3 * 365 * 24))
        return {
            "state": State.PUBLISHED,
            "first_published_at": at,
            "last_published_at": at,
        }

    def link(self, item, name, other):
        """Add a many-to-many link; the through table's fields are named after the models."""
        through = item._meta.get_field(name).remote_field.through
        names = (item._meta.model_name, other._meta.model_name)
        self.add(through, **dict(zip(names, (item, other), strict=True)))

    def choose(self, model):
        return self.random.choice(self.created[model])

    def amount(self, maximum):
        return self.random.randrange(10_000, maximum) + self.random.choice((0, 0, 0.5))

    def day(self, earliest, latest):
        """Return a random date from `earliest` to `latest` days from today."""
        days = timedelta(days=self.random.randint(earliest, latest))
        return self.now.date() + days
