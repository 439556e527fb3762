"""Who turned off all that was offered wants no e-mail about changes in courses either."""

from django.db import migrations

FORMERLY = {"assigned", "due", "late", "expiring", "manual", "answer", "recall", "later"}
"""What was offered to everybody."""
CHANGED = "changed"


def turn_off(apps, schema_editor):
    preferences = apps.get_model("notices", "MailPreference").objects
    for row in preferences.iterator():
        if set(row.turned_off) >= FORMERLY and CHANGED not in row.turned_off:
            row.turned_off = [*row.turned_off, CHANGED]
            row.save(update_fields=["turned_off"])


def turn_on(apps, schema_editor):
    """Notices of changes go too: older code knows no such kind."""
    apps.get_model("notices", "Notice").objects.filter(kind=CHANGED).delete()
    preferences = apps.get_model("notices", "MailPreference").objects
    for row in preferences.iterator():
        if CHANGED in row.turned_off:
            row.turned_off = [group for group in row.turned_off if group != CHANGED]
            row.save(update_fields=["turned_off"])


class Migration(migrations.Migration):

    dependencies = [
        ("notices", "0010_notices_of_changes"),
    ]

    operations = [migrations.RunPython(turn_off, turn_on, elidable=True)]
