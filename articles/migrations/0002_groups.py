"""The groups Writer and Editor: a writer edits every working copy and publishes none."""

from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

WORKING_COPIES = {
    "careers": ("role", "figure"),
    "articles": ("comparison", "section", "source", "pin", "exclusion", "wish"),
}
WRITER = [
    *(
        f"{app}.{verb}_{model}"
        for app, models in WORKING_COPIES.items()
        for model in models
        for verb in ("add", "change", "view")
    ),
    *(f"articles.delete_{model}" for model in ("section", "source", "pin", "exclusion", "wish")),
    "careers.delete_figure",
    "articles.view_category",
    "articles.view_page",
    *(f"images.{verb}_image" for verb in ("add", "change", "view")),
    *(f"taggit.{verb}_tag" for verb in ("add", "view")),
]
EDITOR = [
    *WRITER,
    "publishing.publish_document",
    *(f"articles.{verb}_{model}" for model in ("category", "page") for verb in ("add", "change", "view")),
    *(f"publishing.{verb}_redirect" for verb in ("add", "change", "view")),
    "taggit.change_tag",
]


def make_groups(apps: Any, schema_editor: Any) -> None:
    """Make both groups. Permissions are usually made after the last migration, so make them now."""
    for config in installed.get_app_configs():
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    for name, labels in (("Writer", WRITER), ("Editor", EDITOR)):
        group, _ = Group.objects.get_or_create(name=name)
        for label in sorted(set(labels)):
            app, codename = label.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
        ("images", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
