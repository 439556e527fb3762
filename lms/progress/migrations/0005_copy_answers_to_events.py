from django.db import migrations

BATCH = 1000


def copy_answers(apps, schema_editor):
    """Each saved answer is the one event that is known of it."""
    Answer, Event = apps.get_model("progress", "AttemptAnswer"), apps.get_model("progress", "AnswerEvent")
    Event.objects.bulk_create(
        (
            Event(
                attempt_id=row.attempt_id, question_key=row.question_key, answer=row.chosen or None,
                is_flagged=row.is_flagged, saved_at=row.saved_at,
                given_at=row.saved_at,
            )
            for row in Answer.objects.order_by("pk").iterator(chunk_size=BATCH)
        ),
        batch_size=BATCH,
    )


def copy_back(apps, schema_editor):
    """The last event of each question, where it is a choice of options: nothing else was an answer."""
    Answer, Event = apps.get_model("progress", "AttemptAnswer"), apps.get_model("progress", "AnswerEvent")
    last = {}
    for event in Event.objects.filter(is_late=False).order_by("pk").iterator(chunk_size=BATCH):
        last[event.attempt_id, event.question_key] = event
    Answer.objects.bulk_create(
        (
            Answer(
                attempt_id=event.attempt_id, question_key=event.question_key,
                chosen=event.answer if isinstance(event.answer, list) else [],
                is_flagged=event.is_flagged, saved_at=event.saved_at,
            )
            for event in last.values()
        ),
        batch_size=BATCH,
    )


class Migration(migrations.Migration):

    dependencies = [("progress", "0004_answers_as_events")]

    operations = [migrations.RunPython(copy_answers, copy_back)]
