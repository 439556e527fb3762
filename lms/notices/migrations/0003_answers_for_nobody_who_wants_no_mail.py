"""Who turned off all that was offered wants no e-mail about answers either."""

from django.db import migrations

FORMERLY = {"assigned", "due", "late", "expiring", "manual"}
"""What was offered to everybody."""
ANSWER = "answer"


def turn_off(apps, schema_editor):
    preferences = apps.get_model("notices", "MailPreference").objects
    for row in preferences.iterator():
        if set(row.turned_off) >= FORMERLY and ANSWER not in row.turned_off:
            row.turned_off = [*row.turned_off, ANSWER]
            row.save(update_fields=["turned_off"])


def turn_on(apps, schema_editor):
    """Notices of answers go too: older code knows no such kind."""
    apps.get_model("notices", "Notice").objects.filter(kind=ANSWER).delete()
    preferences = apps.get_model("notices", "MailPreference").objects
    for row in preferences.iterator():
        if ANSWER in row.turned_off:
            row.turned_off = [group for group in row.turned_off if group != ANSWER]
            row.save(update_fields=["turned_off"])


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_notices_of_answers'),
    ]

    operations = [migrations.RunPython(turn_off, turn_on, elidable=True)]
