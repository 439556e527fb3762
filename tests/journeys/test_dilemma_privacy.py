"""What a person chose in a dilemma is nobody else's."""

import json
from datetime import datetime

from django.apps import apps
from django.core.serializers import serialize

from lms.progress.models import DilemmaTally
from lms.progress.selectors.progress import dilemma_shares
from tests.factories.learning import Learner, make_learner
from tests.factories.people import PersonFactory
from tests.statements import list_said

PATH = (("uno", "a"), ("dos", "b"))


def shares(learner: Learner, scene: str = "uno") -> tuple[int, dict[str, float]]:
    return dilemma_shares(course_id=learner.enrolment.course_id, dilemma="el-caso", scene=scene, group=10)


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
        if model is DilemmaTally:
            assert not any(f.is_relation and f.related_model.__name__ in {"Person", "User", "Enrolment"}
                           for f in model._meta.get_fields())  # fmt: skip
            assert not any(f.get_internal_type() == "DateTimeField" for f in model._meta.fields)
            continue
        rows = json.loads(serialize("json", model.objects.all()))
        assert not any("uno" in row["fields"].values() or "dos" in row["fields"].values() for row in rows)


def test_figures_appear_only_when_ten_people_have_decided(learner: Learner, at: datetime) -> None:
    crowd(at, 9, (("uno", "b"),))
    assert shares(learner) == (0, {})
    learner.dilemma(at, PATH)
    assert shares(learner) == (10, {"a": 0.1, "b": 0.9})


def test_the_eleventh_choice_waits_for_its_own_group(learner: Learner, at: datetime) -> None:
    crowd(at, 10, (("uno", "b"),))
    before = shares(learner)
    learner.dilemma(at, PATH)
    assert shares(learner) == before


def test_trying_another_way_counts_nothing(learner: Learner, at: datetime) -> None:
    assert learner.dilemma(at, PATH)
    assert not learner.dilemma(at, (("uno", "b"),))
    counted = {(t.scene, t.choice): t.waiting for t in DilemmaTally.objects.all()}
    assert counted == {("uno", "a"): 1, ("dos", "b"): 1}
