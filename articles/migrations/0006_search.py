import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

import articles.models.words
from articles.search.index import AT_ONCE, joined

KINDS = {"role": "careers", "comparison": "articles", "page": "articles"}


def make_tables(apps, schema_editor):
    """Make a table of words for each kind: FTS5 on SQLite, a tsvector with a GIN index on PostgreSQL."""
    for kind in KINDS:
        model = apps.get_model("articles", f"{kind}words")
        table = model._meta.db_table
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.create_model(model)
            schema_editor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (words)")
        else:
            # The words are told apart before they come here: the simplest tokenizer leaves them as they are.
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5("
                """words, detail=column, columnsize=0, tokenize="ascii tokenchars '_'")"""
            )


def drop_tables(apps, schema_editor):
    for kind in KINDS:
        schema_editor.execute(f"DROP TABLE articles_{kind}words")


def fill(apps, schema_editor):
    """Keep the words of the pages that are live or coming; for others that the press issues, it does so itself."""
    for kind, app in KINDS.items():
        editions = apps.get_model(app, f"{kind}edition").objects.filter(kind="page", live_until__gt=timezone.now())
        words = apps.get_model("articles", f"{kind}words")
        ids = list(editions.values_list("pk", flat=True))
        for start in range(0, len(ids), AT_ONCE):
            some = editions.filter(pk__in=ids[start : start + AT_ONCE]).select_related("revision")
            words.objects.bulk_create(
                words(edition_id=each.pk, words=joined(each, each.revision.content, kind=kind)) for each in some
            )


def words_model(kind, app):
    edition = models.OneToOneField(
        db_column="rowid",
        on_delete=django.db.models.deletion.CASCADE,
        primary_key=True,
        related_name="found_by",
        serialize=False,
        to=f"{app}.{kind}edition",
    )
    return migrations.CreateModel(
        name=f"{kind.title()}Words",
        fields=[("words", articles.models.words.WordsField()), ("edition", edition)],
        options={"abstract": False},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_chosen_pairs"),
        ("careers", "0006_role_titles"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[words_model(kind, app) for kind, app in KINDS.items()],
        ),
        migrations.RunPython(make_tables, drop_tables),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
