"""Who turned off all that was offered wants no e-mail about slots either."""

from django.db import migrations

FORMERLY = {"assigned", "due", "late", "expiring", "manual", "answer"}
"""What was offered to everybody."""
SLOTS = "slots"


def turn_off(apps, schema_editor):
    preferences = apps.get_model("notices", "MailPreference").objects
    for row in preferences.iterator():
        if set(row.turned_off) >= FORMERLY and SLOTS not in row.turned_off:
            row.turned_off = [*row.turned_off, SLOTS]
            row.save(update_fields=["turned_off"])


def turn_on(apps, schema_editor):
    """Notices of slots go too: older code knows no such kinds."""
    apps.get_model("notices", "Notice").objects.filter(kind__startswith="slot_").delete()
    preferences = apps.get_model("notices", "MailPreference").objects
    for row in preferences.iterator():
        if SLOTS in row.turned_off:
            row.turned_off = [group for group in row.turned_off if group != SLOTS]
            row.save(update_fields=["turned_off"])


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0007_notices_of_conversations'),
    ]

    operations = [migrations.RunPython(turn_off, turn_on, elidable=True)]
