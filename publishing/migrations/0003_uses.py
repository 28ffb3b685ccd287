import re
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

LINK = re.compile(r' href="doc:([0-9]{1,18})["#]')


def refer(apps: Any, schema_editor: Any) -> None:
    """Note what the revisions that are there already refer to."""
    revisions, references = apps.get_model("publishing", "Revision"), apps.get_model("publishing", "Reference")
    known = set(apps.get_model("publishing", "Document").objects.values_list("pk", flat=True))
    for revision in revisions.objects.iterator(chunk_size=200):
        found = {(int(id_), "") for text in _texts(revision.content) for id_ in LINK.findall(text)}
        for name, rows in revision.content.items():
            if isinstance(rows, list):
                found |= {(row["target"], name) for row in rows if isinstance(row, dict) and row.get("target")}
        references.objects.bulk_create(
            references(revision=revision, target_id=id_, rows=rows) for id_, rows in sorted(found) if id_ in known
        )


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inside for text in _texts(each)]


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_checks")]

    operations = [
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rows", models.CharField(blank=True, max_length=40)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="publishing.revision",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="publishing.document",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["target", "rows", "revision"], name="reference_target")],
                "constraints": [models.UniqueConstraint(fields=("revision", "target", "rows"), name="reference_once")],
            },
        ),
        migrations.RunPython(refer, migrations.RunPython.noop),
    ]
