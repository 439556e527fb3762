"""Whose statements are looked at is told, and at a constant price."""

from datetime import datetime

import pytest
from django.test import Client

from lms.operations import selectors_statements
from lms.people.models import AccessLogEntry, Role, User
from tests.factories.people import PersonFactory
from tests.operations.asking import PAGE, one
from tests.operations.saying import (
    ACCOUNT,
    agent,
    ours,
    program,
    say,
    speaker,
)
from tests.personas import Personas, client_for
from tests.queries import count_page_queries


def test_each_person_on_the_page_is_told_once(
    personas: Personas, admin: Client, rita: User, at: datetime
) -> None:
    ana, bruno = personas.ana.person, personas.bruno.person
    for actor in (agent(ana), agent(ana), agent(ana, "citizen"), agent(bruno), ACCOUNT, agent(rita.person)):
        say(ours(), actor=actor)

    admin.get(PAGE)

    entries = list(AccessLogEntry.objects.order_by("subject_id"))
    assert [entry.subject_id for entry in entries] == sorted([ana.pk, bruno.pk])
    for entry in entries:
        assert (entry.viewer, entry.role, entry.institution) == (rita, Role.ADMINISTRATOR, None)
        assert (entry.action, entry.detail) == ("view_person", "statements_seen")
        assert entry.people_count == 1


def test_a_look_at_one_statement_is_told_too(personas: Personas, admin: Client) -> None:
    said = say(ours(), context={"instructor": agent(personas.ana.person)})

    admin.get(one(said))

    assert AccessLogEntry.objects.get().subject == personas.ana.person


def test_the_person_reads_it_in_words(personas: Personas, admin: Client) -> None:
    say(ours(), actor=agent(personas.ana.person))
    admin.get(PAGE)

    text = client_for(personas.ana).get("/aula/quien-me-vio/").content.decode()

    assert "Vio declaraciones sobre ti en el registro de aprendizaje" in text
    assert "Administración" in text
    assert "Toda la plataforma" in text
    assert "Rita" not in text


def test_people_on_another_page_are_not_told(
    personas: Personas, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors_statements, "PER_PAGE", 1)
    say(ours(), actor=agent(personas.ana.person))
    say(ours(), actor=agent(personas.bruno.person))

    admin.get(PAGE)

    assert AccessLogEntry.objects.get().subject == personas.bruno.person


def test_the_list_asks_the_same_queries_for_few_and_many(db: None, admin: Client, at: datetime) -> None:
    def crowd(count: int) -> None:
        for number in range(count):
            by = speaker(program(at=at, name=f"P{number}").credential)
            say(by, actor=agent(PersonFactory()), object={"id": f"http://x.cl/{count}/{number}"})
            say(ours(), actor=agent(PersonFactory()))

    crowd(3)
    few = count_page_queries(admin, PAGE)
    crowd(20)

    assert count_page_queries(admin, PAGE) == few
    assert AccessLogEntry.objects.count() == 6 + 46


def test_pages_have_one_heading_and_no_inline_style(admin: Client) -> None:
    for path in (PAGE, one(say(ours())), f"{PAGE}?persona=mal"):
        text = admin.get(path).content.decode()
        assert text.count("<h1") == 1
        assert "style=" not in text
