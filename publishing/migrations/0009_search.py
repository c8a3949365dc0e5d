import django.db.models.deletion
from django.db import migrations, models

DELETE_OLD = """
    INSERT INTO publishing_searchentry_fts (publishing_searchentry_fts, rowid, terms)
    VALUES ('delete', old.id, old.terms);
"""
INSERT_NEW = """
    INSERT INTO publishing_searchentry_fts (rowid, terms) VALUES (new.id, new.terms);
"""
# Triggers as FTS5 documents them for a table whose content stands elsewhere.
STATEMENTS = {
    "sqlite": [
        "CREATE VIRTUAL TABLE publishing_searchentry_fts USING fts5(terms, "
        "content='publishing_searchentry', content_rowid='id', tokenize='ascii')",
        "CREATE TRIGGER publishing_searchentry_inserted AFTER INSERT ON publishing_searchentry "
        f"BEGIN {INSERT_NEW} END",
        "CREATE TRIGGER publishing_searchentry_deleted AFTER DELETE ON publishing_searchentry "
        f"BEGIN {DELETE_OLD} END",
        "CREATE TRIGGER publishing_searchentry_updated AFTER UPDATE OF terms "
        f"ON publishing_searchentry BEGIN {DELETE_OLD} {INSERT_NEW} END",
    ],
    "postgresql": [
        "ALTER TABLE publishing_searchentry ADD COLUMN vector tsvector "
        "GENERATED ALWAYS AS (to_tsvector('pg_catalog.simple'::regconfig, terms)) STORED",
        "CREATE INDEX publishing_searchentry_vector ON publishing_searchentry USING gin (vector)",
    ],
}


def make_index(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    """The rest goes with its table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE publishing_searchentry_fts")


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("publishing", "0008_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField()),
                ("language", models.CharField(max_length=12)),
                ("title_language", models.CharField(max_length=12)),
                ("facets", models.TextField()),
                ("dated_on", models.DateField(null=True)),
                ("visible_from", models.DateTimeField(null=True)),
                ("is_stale", models.BooleanField(default=False)),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("text", models.TextField()),
                ("terms", models.TextField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_stale", True)),
                        fields=["is_stale"],
                        name="publishing_search_stale",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "language"),
                        name="publishing_searchentry_is_unique",
                    )
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index, elidable=False),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("word", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=12)),
                ("backwards", models.CharField(db_index=True, max_length=40)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("word", "language"), name="publishing_searchword_is_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("encrypted", "The file is protected by a password."),
                            (
                                "broken",
                                "The file is broken, or of another kind than its name says.",
                            ),
                            (
                                "too-much",
                                "Reading the file takes too long or too much memory.",
                            ),
                            (
                                "empty",
                                "There is no text in the file, only pictures of it perhaps.",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extracted",
                        to="publishing.documentversion",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
    ]
