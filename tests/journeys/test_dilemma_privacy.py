"""What a person chose in a dilemma is nobody else's: the sentences of the promise on its page, one by one."""

import json
from datetime import datetime

import pytest
from django.apps import apps
from django.core.serializers import serialize

from lms.progress.models import DilemmaBallot, DilemmaTally
from lms.progress.rules.patterns import Pattern
from lms.progress.selectors.dilemmas import list_patterns
from lms.progress.services.dilemmas import cast_ballot
from tests.factories.learning import Learner, make_learner
from tests.factories.people import PersonFactory
from tests.statements import list_said

PATH = (("uno", "a"), ("dos", "b"))


def pattern(learner: Learner, scene: str = "uno") -> Pattern | None:
    found = list_patterns(course_id=learner.enrolment.course_id, group=10)
    return found.get(("el-caso", scene))


def crowd(at: datetime, count: int, path: tuple[tuple[str, str], ...]) -> None:
    for _number in range(count):
        make_learner(person=PersonFactory(), at=at).dilemma(at, path)


def test_working_through_is_stated_without_the_way_taken(learner: Learner, at: datetime) -> None:
    assert learner.dilemma(at, PATH)
    (told,) = [said for said in list_said() if said.activity.endswith("/dilema")]
    assert told.raw["result"] == {"completion": True}
    assert "uno" not in json.dumps(told.raw["result"]) and "response" not in told.raw["result"]


def test_no_row_that_leads_to_a_person_holds_a_choice(learner: Learner, at: datetime) -> None:
    learner.dilemma(at, (("uno", "a"), ("dos", "b")))
    for model in apps.get_app_config("progress").get_models():
        if model in (DilemmaTally, DilemmaBallot):
            assert not any(f.is_relation and f.related_model.__name__ in {"Person", "User", "Enrolment"}
                           for f in model._meta.get_fields())  # fmt: skip
            assert not any(f.get_internal_type() == "DateTimeField" for f in model._meta.fields)
            continue
        rows = json.loads(serialize("json", model.objects.all()))
        assert not any("uno" in row["fields"].values() or "dos" in row["fields"].values() for row in rows)


def test_the_database_alone_does_not_tell_what_the_only_person_chose(learner: Learner, at: datetime) -> None:
    learner.dilemma(at, PATH)
    assert not DilemmaTally.objects.exists()
    sealed = DilemmaBallot.objects.get().sealed
    learner.enrolment.dilemma_runs.all().delete()
    learner.dilemma(at, (("uno", "b"),))
    other = DilemmaBallot.objects.exclude(sealed=sealed).get().sealed
    assert "uno" not in sealed and len(sealed) == len(other)
    assert sealed[:8] == other[:8] == "gAAAAAAA"  # Fernet's version and an hour that is none


def test_figures_appear_only_when_ten_people_have_decided(learner: Learner, at: datetime) -> None:
    crowd(at, 9, (("uno", "b"),))
    assert pattern(learner) is None
    learner.dilemma(at, (("uno", "a"),))
    assert pattern(learner) == Pattern(10, {"a": 10, "b": 90})
    assert not DilemmaBallot.objects.exists()


def test_a_scene_that_few_of_the_ten_came_to_is_not_shown(learner: Learner, at: datetime) -> None:
    crowd(at, 9, (("uno", "b"),))
    learner.dilemma(at, PATH)
    assert pattern(learner, "dos") is None


def test_the_eleventh_choice_waits_for_its_own_group(learner: Learner, at: datetime) -> None:
    crowd(at, 10, (("uno", "b"),))
    before = pattern(learner)
    learner.dilemma(at, PATH)
    assert pattern(learner) == before


@pytest.mark.parametrize("keys", [["otra"], ["otra", "llave"]], ids=["key-gone", "key-changed"])
def test_ballots_are_opened_with_the_keys_that_are_left(
    learner: Learner, at: datetime, keys: list[str]
) -> None:
    learner.dilemma(at, PATH)
    course_id = learner.enrolment.course_id
    cast_ballot(course_id=course_id, dilemma="el-caso", path=(("uno", "b"),), group=2, keys=keys)
    shown = {tally.choice for tally in DilemmaTally.objects.filter(scene="uno")}
    assert shown == ({"a", "b"} if "llave" in keys else {"b"})


def test_trying_another_way_counts_nothing(learner: Learner, at: datetime) -> None:
    assert learner.dilemma(at, PATH)
    assert not learner.dilemma(at, (("uno", "b"),))
    assert DilemmaBallot.objects.count() == 1
