from django.db import migrations


def note_late(apps, schema_editor):
    """What waits since late answers were accepted is read as it came late, unless it was taken back."""
    AnswerToMark = apps.get_model('progress', 'AnswerToMark')
    waiting = AnswerToMark.objects.filter(settled_at=None, attempt__late_decision__is_accepted=True)
    for row in waiting.select_related('attempt__late_decision'):
        events = row.attempt.events.filter(question_key=row.question_key, is_late=True)
        last = events.order_by('given_at', 'pk').last()
        if last and last.answer:
            AnswerToMark.objects.filter(pk=row.pk).update(is_late=True)
            since = row.attempt.late_decision.decided_at
            row.rubric_marks.filter(marked_at__gte=since).update(is_late=True)


class Migration(migrations.Migration):

    dependencies = [
        ('progress', '0014_late_texts_are_marked_apart'),
    ]

    operations = [
        migrations.RunPython(note_late, migrations.RunPython.noop),
    ]
