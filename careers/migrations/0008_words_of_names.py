from django.db import migrations, models
from django.db.models import Min

import careers.models.roles


def split(apps, schema_editor):
    """Keep each name once for each of its words."""
    RoleTitle = apps.get_model("careers", "RoleTitle")
    for edition in list(RoleTitle.objects.values_list("edition", flat=True).distinct()):
        whole = RoleTitle.objects.filter(edition=edition, word="")
        names = list(whole.values_list("key", "kind"))
        whole.delete()
        RoleTitle.objects.bulk_create(
            RoleTitle(edition_id=edition, key=key, kind=kind, word=word)
            for key, kind in names
            for word in dict.fromkeys(key.split())
        )


def join(apps, schema_editor):
    """Keep each name once."""
    RoleTitle = apps.get_model("careers", "RoleTitle")
    for edition in list(RoleTitle.objects.values_list("edition", flat=True).distinct()):
        names = RoleTitle.objects.filter(edition=edition)
        names.exclude(pk__in=names.values("key").annotate(first=Min("pk")).values("first")).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0007_indexes_for_growth"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="roletitle", name="role_title_once"),
        migrations.AddField(
            model_name="roletitle",
            name="word",
            field=careers.models.roles.SpelledField(default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="roletitle",
            name="key",
            field=careers.models.roles.SpelledField(max_length=120),
        ),
        migrations.AddIndex(
            model_name="roletitle",
            index=models.Index(fields=["kind", "word", "key", "edition"], name="role_title_by_word"),
        ),
        migrations.AddConstraint(
            model_name="roletitle",
            constraint=models.UniqueConstraint(fields=("edition", "key", "word"), name="role_title_once"),
        ),
        migrations.RunPython(split, join),
    ]
