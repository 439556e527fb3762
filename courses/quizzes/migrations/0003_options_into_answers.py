import json
import uuid

from django.db import migrations


def put_options_into_answers(apps, schema_editor):
    """Questions of before had options in rows of their own."""
    Question = apps.get_model("quizzes", "Question")
    for question in Question.objects.prefetch_related("options").iterator(chunk_size=500):
        options = [
            _item({"text": o.text, "correct": o.correct, "feedback": o.feedback, "is_pinned": False})
            for o in question.options.order_by("sort_order", "pk")
        ]
        child = {"type": question.kind, "value": {"options": options, "shuffle": True}, "id": str(uuid.uuid4())}
        question.answer = json.dumps([child])
        question.save(update_fields=["answer"])


def put_answers_into_options(apps, schema_editor):
    """Back, as far as there are options: other kinds of questions did not exist."""
    Question = apps.get_model("quizzes", "Question")
    QuestionOption = apps.get_model("quizzes", "QuestionOption")
    for question in Question.objects.filter(kind__in=["single", "multiple"]).iterator(chunk_size=500):
        rows = [item["value"] for child in question.answer.raw_data for item in child["value"]["options"]]
        QuestionOption.objects.bulk_create(
            QuestionOption(
                question=question, sort_order=number, text=row["text"], correct=row["correct"],
                feedback=row["feedback"],
            )
            for number, row in enumerate(rows)
        )


def _item(value):
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}


class Migration(migrations.Migration):

    dependencies = [("quizzes", "0002_kinds_of_questions")]

    operations = [migrations.RunPython(put_options_into_answers, put_answers_into_options)]
