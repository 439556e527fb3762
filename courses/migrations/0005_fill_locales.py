from django.db import migrations
from wagtail.models import BootstrapTranslatableModel


def add_english(apps, schema_editor):
    """English stands beside the source language, so that courses can be translated."""
    apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code="en")


class Migration(migrations.Migration):
    dependencies = [("courses", "0004_translations")]

    operations = [
        migrations.RunPython(add_english, migrations.RunPython.noop),
        BootstrapTranslatableModel("courses.Competence"),
    ]
