import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

from careers.finding import spelled


def fill(apps, schema_editor):
    """Keep the names of the pages that are live or coming; for others that the press issues, it does so itself."""
    RoleEdition = apps.get_model("careers", "RoleEdition")
    RoleTitle = apps.get_model("careers", "RoleTitle")
    for page in RoleEdition.objects.filter(kind="page", live_until__gt=timezone.now()).select_related("revision"):
        own = spelled(page.title)
        keys = dict.fromkeys(filter(None, [own, *map(spelled, page.revision.content["also_called"])]))
        RoleTitle.objects.bulk_create(RoleTitle(edition=page, key=key, kind=int(key != own)) for key in keys)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0005_occupations"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=120)),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "The role's title"),
                            (1, "What the role is also called"),
                            (2, "What people in the role's occupation are called"),
                        ]
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="titles", to="careers.roleedition"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("edition", "key"), name="role_title_once")],
            },
        ),
        migrations.AlterField(
            model_name="closeness",
            name="score",
            field=models.FloatField(help_text="Share of skills, tags and occupation groups in common, from 0 to 1."),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
