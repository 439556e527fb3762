from django.db import migrations


def note_told(apps, schema_editor):
    """The result of every attempt handed in so far was stated once."""
    AssessmentAttempt = apps.get_model('progress', 'AssessmentAttempt')
    AssessmentAttempt.objects.filter(state='submitted', told=0).update(told=1)


class Migration(migrations.Migration):

    dependencies = [
        ('progress', '0009_marking_and_regrades'),
    ]

    operations = [
        migrations.RunPython(note_told, migrations.RunPython.noop),
    ]
