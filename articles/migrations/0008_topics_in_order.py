from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

import articles.models.comparisons

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""What stands there until the edition's own moment does."""


def copy_moments(apps, schema_editor):
    editions = apps.get_model("articles", "ComparisonEdition").objects.filter(pk=OuterRef("content_object"))
    moments = {name: Subquery(editions.values(name)) for name in ("first_published_at", "significant_at")}
    apps.get_model("articles", "ComparisonEditionTag").objects.update(**moments)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_indexes_for_growth"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]

    operations = [
        migrations.AddField(
            model_name="comparisoneditiontag",
            name="first_published_at",
            field=articles.models.comparisons.OfTheEdition(default=NEVER),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="comparisoneditiontag",
            name="significant_at",
            field=articles.models.comparisons.OfTheEdition(default=NEVER),
            preserve_default=False,
        ),
        migrations.RunPython(copy_moments, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="comparisoneditiontag",
            name="content_object",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tagged", to="articles.comparisonedition"
            ),
        ),
        migrations.AddIndex(
            model_name="comparisoneditiontag",
            index=models.Index(fields=["tag", "first_published_at"], name="comparison_tag_newest"),
        ),
        migrations.AddIndex(
            model_name="comparisoneditiontag",
            index=models.Index(fields=["tag", "significant_at"], name="comparison_tag_changed"),
        ),
    ]
