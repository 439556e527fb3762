"""What conversations keep of a person: its own to read, take along and delete; and gone when it is erased."""

import json
from datetime import datetime

from django.test import Client

from lms.discussions.models import CourseDiscussion, Member, ModerationAction, Post, PostEdit, Report, Thread
from lms.discussions.rules.moderation import Decision
from lms.discussions.services.editing import edit_post
from lms.discussions.services.moderating import decide_post
from lms.discussions.services.reporting import report_post
from lms.journeys.erase_person import erase_person
from lms.people.services.merging import merge_people, undo_merge
from tests.discussions.pages import MINE, read, thread_url
from tests.factories.discussions import MODERATOR, answer, open_discussion, take_part
from tests.factories.people import PersonFactory
from tests.personas import Personas


def test_a_person_reads_takes_along_and_takes_back_all_that_it_wrote(
    ana: Client, people: Personas, first: Post, at: datetime
) -> None:
    answer(first, people.bruno.person, text="De Bruno", at=at)
    edit_post(post_id=first.pk, text="¿Y un lápiz?", at=at)
    open_discussion(at=at, is_open=False)
    assert "¿Y un lápiz?" in read(ana, MINE)
    record = json.loads(ana.get(f"{MINE}mis-conversaciones.json").content)
    [message] = record["mensajes"]
    assert message["texto"] == "¿Y un lápiz?" and message["tema"] == "¿Qué es un regalo?"
    assert message["versiones_anteriores"][0]["texto"] == "Un calendario, ¿lo es?"
    assert "De Bruno" not in json.dumps(record)
    assert "1 mensaje" in read(ana, f"{MINE}retirar/")
    ana.post(f"{MINE}retirar/")
    assert "No tienes mensajes" in read(ana, MINE)
    assert set(Post.objects.values_list("text", flat=True)) == {"", "De Bruno"}


def test_an_erased_person_leaves_places_without_words_or_names(
    bruno: Client, people: Personas, first: Post, at: datetime
) -> None:
    reply = answer(first, people.bruno.person, text="Una respuesta", at=at)
    edit_post(post_id=first.pk, text="¿Y un lápiz?", at=at)
    for post, person in ((first, people.bruno.person), (reply, people.ana.person)):
        report_post(post_id=post.pk, person_id=person.pk, reason="other", note="Nota", at=at)
    decide_post(
        post_id=first.pk, decision=Decision.HIDE, reason="Nombra a Ana", seen=1, moderator=MODERATOR, at=at
    )
    erase_person(person=people.ana.person, at=at)
    page = read(bruno, thread_url(first))
    assert "Persona eliminada" in page and "Una respuesta" in page and "Nombra" not in page
    assert not (PostEdit.objects.exists() or Report.objects.exists())
    assert not Member.objects.filter(person=people.ana.person).exists()
    assert not Thread.objects.get().title and not ModerationAction.objects.exclude(reason="").exists()
    assert ModerationAction.objects.filter(kind="hidden", subject=None).exists()


def test_two_records_of_one_person_speak_as_one_and_apart_again(
    people: Personas, discussion: CourseDiscussion, first: Post, at: datetime
) -> None:
    twin = PersonFactory(without_run=True, given_names="Anita")
    member = take_part(discussion, twin, at=at)
    Member.objects.filter(pk=member.pk).update(muted_until=at, muted_reason="Antes")
    second = answer(first, twin, text="Soy la misma", at=at)
    merge = merge_people(
        kept_id=people.ana.person.pk, merged_id=twin.pk, account_of=None, institution_id=None, author=None, at=at
    )  # fmt: skip
    second.refresh_from_db()
    assert second.person == people.ana.person
    assert Member.objects.get(person=people.ana.person).muted_reason == "Antes"
    _merge, left = undo_merge(merge_id=merge.pk, at=at)
    second.refresh_from_db()
    assert second.person_id == twin.pk and not left
    assert Member.objects.get(person=twin).muted_reason == "Antes"
