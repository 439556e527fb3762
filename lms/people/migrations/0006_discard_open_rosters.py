"""Rosters in preview keep their rows in a form that nobody reads any more: they are loaded again."""

from django.db import migrations
from django.db.models import F


def discard(apps, schema_editor):
    rosters = apps.get_model("people", "RosterImport").objects.filter(status="preview")
    rosters.update(status="discarded", decided_at=F("created_at"), rows=None)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_invitations'),
    ]

    operations = [migrations.RunPython(discard, migrations.RunPython.noop, elidable=True)]
