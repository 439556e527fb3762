"""Removes the daily totals: charts draw from seals alone.

They are not turned into seals: a daily row has neither the definitions of the goal nor the true counts
of its day, so nobody could prove it afterwards.
"""

from typing import Any

from django.db import migrations


def drop(apps: Any, schema_editor: Any) -> None:
    apps.get_model("plan", "CoverageSnapshot").objects.filter(kind="daily").delete()


class Migration(migrations.Migration):
    dependencies = [("plan", "0009_sealed_snapshots")]

    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]
