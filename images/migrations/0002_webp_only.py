"""Every rendition is WebP; nothing ever made another format, so no row is in the way."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("images", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="rendition",
            options={"ordering": ["image", "width", "height"]},
        ),
        migrations.RemoveConstraint(
            model_name="rendition",
            name="images_rendition_once",
        ),
        migrations.RemoveField(
            model_name="rendition",
            name="format",
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.UniqueConstraint(fields=("image", "width", "height"), name="images_rendition_once"),
        ),
    ]
