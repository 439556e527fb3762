"""Invented people: reproducible, consistent with the record, never on a real service."""

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from courses.selectors import get_current_release
from lms.demo.dilemmas import go_through_dilemmas
from lms.demo.names import run_of
from lms.demo.papers import CODE, TEXTS, hand_in_papers
from lms.demo.services import COURSE, make_people
from lms.journeys.replay_progress import check
from lms.lib.run import compact_run
from lms.people.models import Institution, Person
from lms.progress.models import AssessmentAttempt, Completion
from lms.progress.selectors.dilemmas import list_patterns
from lms.progress.selectors.irregular import list_late
from lms.progress.selectors.marking import count_waiting
from lms.progress.selectors.regrades import stale_questions
from lms.xapi.platform import current_platform
from tests.factories.learning import make_course


def make(people: int, at: datetime, seed: int = 1) -> int:
    return make_people(
        people=people, seed=seed, run_key="clave", platform=current_platform(), at=at, say=lambda text: None
    )


@pytest.fixture
def demo(db: None, settings: Settings, tmp_path: Path, at: datetime) -> None:
    settings.DEMO = True
    settings.VAR_DIR = tmp_path
    make_course(at=at, code="integridad-fundamentos")


@pytest.mark.parametrize("number", [5_000_000, 12_345_678, 20_000_001, 10_000_013])
def test_invented_runs_have_the_right_check_digit(number: int) -> None:
    assert compact_run(run_of(number))


def test_people_are_made_with_a_record_that_agrees(demo: None, at: datetime) -> None:
    assert make(300, at) == 300
    assert Completion.objects.exists()
    assert check(platform=current_platform()) == []


def test_making_the_same_people_again_makes_nobody(demo: None, at: datetime) -> None:
    make(60, at)
    assert make(60, at) == 0
    assert Person.objects.count() == 60


def test_a_real_service_refuses(db: None) -> None:
    for command in (["load_demo"], ["demo_logins"], ["make_demo", "--people", "5"]):
        with pytest.raises(CommandError, match="DEMO"):
            call_command(*command)
    assert not Institution.objects.exists()


@pytest.mark.parametrize("people", ["0", "-1", "2000001"])
def test_an_impossible_number_is_explained(demo: None, people: str) -> None:
    with pytest.raises(CommandError, match="--people"):
        call_command("make_demo", f"--people={people}")


def test_without_the_course_the_command_says_what_is_missing(db: None, settings: Settings) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="install_pack"):
        call_command("make_demo", "--people", "5")


def test_logins_are_told_as_json_with_one_per_kind(demo: None) -> None:
    out = io.StringIO()
    call_command("demo_logins", "--json", stdout=out)
    rows = json.loads(out.getvalue())
    kinds = [row["kind"] for row in rows]
    assert len(set(kinds)) == len(kinds) and {"servant", "hr", "trainer", "plan_owner", "citizen"} <= set(
        kinds
    )
    assert len({row["password"] for row in rows}) == 1 and rows[0]["password"].startswith("demo-")


@pytest.fixture
def papers(demo: None, at: datetime) -> AssessmentAttempt:
    """The last of those that were handed in."""
    make(60, at)
    for _ in range(2):
        hand_in_papers(
            place=Institution.objects.earliest("pk"), platform=current_platform(), at=at + timedelta(days=5)
        )
    return AssessmentAttempt.objects.latest("pk")


def test_a_trainer_finds_answers_to_mark_and_a_late_one(papers: AssessmentAttempt) -> None:
    assert count_waiting(course_codes=None) == {CODE: len(TEXTS)}
    assert [row.pk for row in list_late(course_code=CODE)] == [papers.pk]


def test_a_trainer_finds_a_question_to_grade_again(papers: AssessmentAttempt) -> None:
    course = papers.enrolment.course
    [stale] = stale_questions(
        course=course, unit_key=papers.unit_key, current=course.releases.get(is_current=True)
    )
    assert (stale.attempts, stale.is_same_question) == (len(TEXTS), True)


def test_papers_are_handed_in_with_a_record_that_agrees(papers: AssessmentAttempt) -> None:
    assert check(platform=current_platform()) == []


def test_groups_have_gone_through_the_dilemmas_and_go_only_once(demo: None) -> None:
    release = get_current_release(course_code=COURSE)
    way = {"release": release, "group": 10, "keys": ["llave"], "chance": Random(1)}
    assert go_through_dilemmas(**way) == 60
    assert len({dilemma for dilemma, _scene in list_patterns(course_id=release.course_id, group=10)}) == 1
    assert go_through_dilemmas(**way) == 0
