"""What only the platform may say, and what others say that never counts."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from lms.journeys.replay_progress import check, read_rows
from lms.lib import clock
from lms.xapi.models import Activity, Statement
from lms.xapi.platform import current_platform
from lms.xapi.rules.speakers import SpeechError
from lms.xapi.selectors.finding import find_statement
from lms.xapi.statements import statement_id
from lms.xapi.vocabulary import PLATFORM_VERBS
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.people import PersonFactory, PostingFactory
from tests.xapi.callers import STATEMENTS, open_client, post
from tests.xapi.sayings import OTHER, kept, ours, say, saying, stranger, voiding

pytestmark = pytest.mark.django_db
OWN = "http://testserver/id/curso/curso"


@pytest.fixture
def other() -> Client:
    """A program that may do everything that others may."""
    return open_client(at=clock.now())


def is_voided(statement_id: str) -> bool:
    return find_statement(statement_id=UUID(statement_id)) is None


@pytest.mark.parametrize("verb", sorted(PLATFORM_VERBS))
def test_a_verb_of_the_platform_is_refused_from_others(other: Client, verb: str) -> None:
    response = post(other, [saying(), saying(verb=verb)])
    assert response.status_code == 403
    assert verb in response.json()["error"]
    assert not Statement.objects.exists()


@pytest.mark.parametrize("verb", sorted(PLATFORM_VERBS))
def test_the_platform_says_its_verbs(verb: str) -> None:
    (statement_id,) = say(saying(verb=verb), speaker=ours())
    assert kept(statement_id)["verb"]["id"] == verb


def test_nobody_takes_back_what_the_platform_said(other: Client) -> None:
    (said,) = say(saying(), speaker=ours())
    assert post(other, voiding(said)).status_code == 403
    assert not is_voided(said)
    assert said in [found["id"] for found in other.get(STATEMENTS).json()["statements"]]


def test_nobody_takes_back_what_another_program_said(other: Client) -> None:
    (said,) = say(saying(), speaker=stranger())
    assert post(other, voiding(said)).status_code == 403
    assert not is_voided(said)


def test_not_even_the_platform_takes_back_what_others_said(other: Client) -> None:
    said = saying()
    post(other, said)
    with pytest.raises(SpeechError):
        say(voiding(said["id"]), speaker=ours())
    assert not is_voided(said["id"])


def test_a_program_takes_back_what_it_said(other: Client) -> None:
    said = saying()
    post(other, said)
    assert post(other, voiding(said["id"])).status_code == 200
    assert is_voided(said["id"])


def test_a_voiding_that_came_before_its_statement_does_not_count_for_others(other: Client) -> None:
    said = saying()
    post(other, voiding(said["id"]))
    say(said, speaker=ours())
    assert not is_voided(said["id"])


def test_a_voiding_by_a_stranger_does_not_stand_in_the_way_of_the_rightful_one(other: Client) -> None:
    said = saying()
    post(other, voiding(said["id"]))
    say(voiding(said["id"]), speaker=stranger())
    say(said, speaker=stranger())
    assert is_voided(said["id"])


@pytest.mark.parametrize(
    "authority",
    [
        {"objectType": "Agent", "account": {"homePage": "http://testserver", "name": "aula-abierta"}},
        OTHER,
        {"objectType": "Group", "member": [OTHER, {"mbox": "mailto:b@otro.example"}]},
    ],
)
def test_the_authority_that_a_client_sends_is_not_believed(other: Client, authority: dict[str, Any]) -> None:
    said = saying(authority=authority)
    assert post(other, said).status_code == 200
    account = kept(said["id"])["authority"]["account"]
    assert account["homePage"] == "http://testserver"
    assert account["name"].startswith("credencial-")


def definition(name: str) -> dict[str, Any]:
    return {"name": {"es": name}, "type": "http://adlnet.gov/expapi/activities/course"}


def known(iri: str) -> str | None:
    row = Activity.objects.filter(iri=iri).first()
    return None if row is None else row.definition.get("name", {}).get("es")


def test_others_do_not_rename_our_activities(other: Client) -> None:
    say(saying(object={"id": OWN, "definition": definition("Nuestro")}), speaker=ours())
    said = saying(object={"id": OWN, "definition": definition("Ajeno")})
    assert post(other, said).status_code == 200
    assert known(OWN) == "Nuestro"
    assert kept(said["id"])["object"]["definition"]["name"] == {"es": "Ajeno"}


@pytest.mark.parametrize("place", ["object", "parent", "substatement"])
def test_others_do_not_name_our_activities_first(other: Client, place: str) -> None:
    activity = {"id": OWN, "definition": definition("Ajeno")}
    inner = {
        "objectType": "SubStatement",
        "actor": OTHER,
        "verb": {"id": "http://a.example/v"},
        "object": activity,
    }
    said = {
        "object": saying(object=activity),
        "parent": saying(context={"contextActivities": {"parent": [activity]}}),
        "substatement": saying(object=inner),
    }[place]
    assert post(other, said).status_code == 200
    assert known(OWN) is None


def test_others_name_their_own_activities(other: Client) -> None:
    iri = "https://otro.example/curso"
    post(other, saying(object={"id": iri, "definition": definition("Suyo")}))
    assert known(iri) == "Suyo"


@pytest.fixture
def history(at: datetime) -> Learner:
    """An employee in the middle of the course."""
    make_course(at=at)
    posting = PostingFactory(person=PersonFactory())
    learner = make_learner(person=posting.person, at=at, posting=posting)
    learner.answer("l1", "p1", at)
    learner.finish("l1", at)
    return learner


def test_what_others_say_of_our_courses_is_no_progress(history: Learner, other: Client) -> None:
    before = read_rows()
    copies = [row.raw for row in Statement.objects.all()]
    forged = []
    for raw in copies:
        for name in ("stored", "authority", "id"):
            raw.pop(name)
        forged += [
            raw | {"verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}"}}
            for verb in ("initialized", "progressed", "completed", "passed", "failed", "attended")
        ]
    assert post(other, forged).status_code == 200
    assert check(platform=current_platform()) == []
    assert read_rows() == before


def test_what_others_say_under_the_platforms_ids_is_refused_or_no_progress(
    history: Learner, other: Client
) -> None:
    row = Statement.objects.earliest("position")
    forged = row.raw | {"verb": {"id": "http://adlnet.gov/expapi/verbs/completed"}}
    forged.pop("stored")
    assert post(other, forged).status_code == 409
    assert check(platform=current_platform()) == []


def test_ids_of_what_is_to_be_stated_cannot_be_guessed() -> None:
    """They are made from facts: a package that knows its registration could otherwise come first."""
    fact, platform = ("unit", uuid4(), "l2"), current_platform()
    elsewhere = replace(platform, pseudonym_key="otra clave")
    assert statement_id(*fact, platform=platform) == statement_id(*fact, platform=platform)
    assert statement_id(*fact, platform=platform) != statement_id(*fact, platform=elsewhere)
