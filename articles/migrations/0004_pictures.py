from typing import Any

from django.db import migrations, models


def let_editors_remove_pictures(apps: Any, schema_editor: Any) -> None:
    """Give the group Editor the right to remove pictures that no page shows or has shown."""
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="images", codename="delete_image"
    )
    apps.get_model("auth", "Group").objects.get(name="Editor").permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_listing_and_images"),
    ]

    operations = [
        migrations.AddField(
            model_name="comparisonedition",
            name="pictures",
            field=models.JSONField(default=dict, help_text="Its pictures, as they were when published."),
        ),
        migrations.AddField(
            model_name="pageedition",
            name="pictures",
            field=models.JSONField(default=dict, help_text="Its pictures, as they were when published."),
        ),
        migrations.RunPython(let_editors_remove_pictures, migrations.RunPython.noop),
    ]
