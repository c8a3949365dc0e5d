"""One batch of items for load tests."""

from datetime import timedelta

from calls.models import (
    Call,
    CallContact,
    FunderOffer,
    KeyDate,
    Phase,
    Project,
    ProjectParticipant,
)
from calls.status import Timetable
from initiatives.models import (
    Initiative,
    InitiativeRelation,
    KeyFigure,
    Milestone,
    Organisation,
    Participation,
    Resource,
)
from news.models import Article, ArticleLink, Event
from portal.demo.random_items import RandomItems

#: Number of items of each type in a batch; items only refer to types above theirs.
BATCH_SIZES = {Organisation: 40, Initiative: 12, Call: 25, Project: 20, Article: 40, Event: 12}
COUNTRIES = ("BE", "DE", "ES", "FI", "FR", "IE", "IT", "LU", "NL", "NO", "PL", "PT", "RO", "SE")
ZONES = ("Europe/Brussels", "Europe/Helsinki", "Europe/Lisbon", "America/Toronto")


class Batch(RandomItems):
    """Builder of unsaved items with their rows and links, collected in `objects`."""

    def __init__(self, number, topics, images):
        super().__init__(number, topics, images)
        builders = {
            Organisation: self.organisation,
            Initiative: self.initiative,
            Call: self.call,
            Project: self.project,
            Article: self.article,
            Event: self.event,
        }
        for model, count in BATCH_SIZES.items():
            self.created[model] = [
                builders[model](position) for position in range(1, count + 1)
            ]

    def organisation(self, position):
        name = f"Fictional Institute {self.number}.{position}"
        return self.add(
            Organisation,
            slug=self.slug(Organisation, position),
            name_en=name,
            name_fr=f"Institut fictif {self.number}.{position}",
            name_nl=f"Fictief instituut {self.number}.{position}",
            acronym_en=f"FI{self.number}-{position}",
            kind=self.random.choice(Organisation.Kind.values),
            country=self.random.choice(COUNTRIES),
            city=self.random.choice(("Northtown", "Eastport", "Southmill", "Westbury")),
            latitude=round(self.random.uniform(38, 64), 5),
            longitude=round(self.random.uniform(-9, 27), 5),
            website=f"https://i{self.number}-{position}.example.org/",
        )

    def initiative(self, position):
        item = self.add_item(
            Initiative,
            position,
            kind=self.random.choice(Initiative.Kind.values),
            acronym=f"SCALE{self.number}-{position}",
            starts_on=self.day(-1500, -30),
            ends_on=self.day(0, 1500),
            budget=self.amount(50_000_000),
            website="https://initiative.example.org/",
        )
        roles = (Participation.Role.COORDINATOR, Participation.Role.FUNDER, "partner")
        for row_position, role in enumerate(roles, start=1):
            self.add(
                Participation,
                initiative=item,
                organisation=self.choose(Organisation),
                role=role,
                position=row_position,
            )
        self.add(
            KeyFigure, initiative=item, value=self.random.randint(3, 400), label_en="teams"
        )
        self.add(
            KeyFigure, initiative=item, value=item.budget, unit_en="EUR", label_en="budget"
        )
        self.add(Milestone, initiative=item, happens_on=self.day(-900, 900), title_en="Review")
        self.add(Resource, initiative=item, title_en="Website", url=item.website)
        if position > 1:
            self.relate(item, position)
        return item

    def relate(self, item, position):
        previous_slug = self.slug(Initiative, position - 1)
        other = next(
            o for o in reversed(self.objects) if getattr(o, "slug", None) == previous_slug
        )
        self.add(
            InitiativeRelation, from_initiative=item, kind="works-with", to_initiative=other
        )

    def call(self, position):
        opens = self.now + timedelta(days=self.random.randint(-700, 60))
        closes = opens + timedelta(days=self.random.randint(30, 120))
        decides = closes + timedelta(days=150)
        item = self.add_item(
            Call,
            position,
            initiative=self.choose(Initiative),
            reference=f"SCALE-{self.number}-{position}",
            kind=self.random.choice(Call.Kind.values),
            budget=self.amount(20_000_000),
            aim_en="<p>To learn what happens, and what can be done.</p>",
            submission_url="https://submit.example.org/",
            opens_at=opens,
            closes_at=closes,
        )
        zone = self.random.choice(ZONES)
        dates = {"opening": opens, "pre-proposal": closes, "decision": decides}
        dates["full-proposal"] = closes + timedelta(days=75)
        rows = [
            self.add(KeyDate, call=item, kind=kind, at=at, timezone=zone)
            for kind, at in dates.items()
        ]
        for span in Timetable(rows).spans():
            self.add(Phase, call=item, **span._asdict())
        self.add(CallContact, call=item, name="Robin Example", email="robin@example.org")
        for funder in self.random.sample(self.created[Organisation], 2):
            self.add(FunderOffer, call=item, organisation=funder, amount=self.amount(3_000_000))
        return item

    def project(self, position):
        item = self.add_item(
            Project,
            position,
            call=self.choose(Call),
            acronym=f"P{self.number}-{position}",
            grant_number=f"S{self.number:05}{position:02}",
            starts_on=self.day(-1400, 0),
            ends_on=self.day(1, 900),
            status=self.random.choice(Project.Status.values),
            total_cost=self.amount(3_000_000),
            keywords_en="water, soil, health",
        )
        roles = ("coordinator", "participant", "participant")
        for row_position, role in enumerate(roles, start=1):
            self.add(
                ProjectParticipant,
                project=item,
                organisation=self.choose(Organisation),
                role=role,
                activity_type=self.random.choice(ProjectParticipant.Activity.values),
                net_contribution=self.amount(900_000),
                position=row_position,
            )
        return item

    def article(self, position):
        item = self.add_item(
            Article,
            position,
            kind=self.random.choice(Article.Kind.values),
            published_on=self.day(-1800, 0),
        )
        self.add(ArticleLink, article=item, title_en="More", url="https://more.example.org/")
        self.link(item, "initiatives", self.choose(Initiative))
        self.link(item, "calls", self.choose(Call))
        return item

    def event(self, position):
        starts = self.now + timedelta(days=self.random.randint(-900, 180))
        item = self.add_item(
            Event,
            position,
            starts_at=starts,
            ends_at=starts + timedelta(hours=self.random.choice((2, 8, 50))),
            timezone=self.random.choice(ZONES),
            is_online=self.random.random() < 0.4,
            place_en="Town hall",
            country=self.random.choice(COUNTRIES),
        )
        self.link(item, "initiatives", self.choose(Initiative))
        return item
