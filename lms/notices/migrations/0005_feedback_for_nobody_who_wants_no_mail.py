"""Who turned off all that was offered wants no e-mail about feedback either."""

from django.db import migrations

FORMERLY = {"assigned", "due", "late", "expiring", "manual", "answer"}
"""What was offered to everybody."""
NEW = ["recall", "later", "reports"]
KINDS = [*NEW, "settled"]


def turn_off(apps, schema_editor):
    preferences = apps.get_model("notices", "MailPreference").objects
    for row in preferences.iterator():
        missing = [group for group in NEW if group not in row.turned_off]
        if set(row.turned_off) >= FORMERLY and missing:
            row.turned_off = [*row.turned_off, *missing]
            row.save(update_fields=["turned_off"])


def turn_on(apps, schema_editor):
    """Notices of feedback go too: older code knows no such kinds."""
    apps.get_model("notices", "Notice").objects.filter(kind__in=KINDS).delete()
    preferences = apps.get_model("notices", "MailPreference").objects
    for row in preferences.iterator():
        if set(row.turned_off) & set(NEW):
            row.turned_off = [group for group in row.turned_off if group not in NEW]
            row.save(update_fields=["turned_off"])


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0004_notices_of_feedback'),
    ]

    operations = [migrations.RunPython(turn_off, turn_on, elidable=True)]
