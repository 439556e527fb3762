"""The statements alone suffice to rebuild progress."""

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from courses.models import CoursePage
from lms.integrity.models import Acknowledgement
from lms.integrity.services.codes import save_code
from lms.journeys.acknowledge_code import acknowledge_code
from lms.journeys.replay_progress import check, read_rows, rebuild
from lms.people.services.accounts import erase_person
from lms.progress.models import AssessmentAttempt, Completion, DilemmaRun, Enrolment, UnitResult
from lms.xapi.platform import current_platform
from tests.factories.learning import Learner, make_learner
from tests.factories.people import PersonFactory, PostingFactory


@pytest.fixture
def history(learner: Learner, course: CoursePage, at: datetime) -> Learner:
    """One who failed, waited and completed; one in the middle; a citizen; an acknowledged code."""
    learner.read_everything(at)
    learner.take_assessment(at, right=False)
    learner.take_assessment(at + timedelta(days=2), seed=3)
    posting = PostingFactory()
    middle = make_learner(person=posting.person, at=at, posting=posting)
    middle.answer("l1", "p1", at)
    middle.finish("l1", at + timedelta(microseconds=1234))
    make_learner(person=PersonFactory(), at=at).complete(at)
    code = save_code(
        institution=posting.institution, title="Código", url="", approved_on=None,
        as_new_version=True, at=at,
    )  # fmt: skip
    acknowledge_code(person=posting.person, code=code, platform=current_platform(), at=at)
    return learner


def test_rows_and_record_agree_after_a_lively_history(history: Learner) -> None:
    assert check(platform=current_platform()) == []


def test_wiped_rows_are_rebuilt_equal(history: Learner, at: datetime) -> None:
    before = read_rows()
    Completion.objects.all().delete()
    AssessmentAttempt.objects.all().delete()
    Enrolment.objects.all().delete()
    Acknowledgement.objects.all().delete()
    rebuild(platform=current_platform(), at=at)
    after = read_rows()
    assert (after.enrolments, after.units, after.dilemmas) == (
        before.enrolments,
        before.units,
        before.dilemmas,
    )
    assert (after.attempts, after.completions) == (before.attempts, before.completions)
    assert after.acknowledgements == before.acknowledgements


def test_rebuilding_twice_changes_nothing(history: Learner, at: datetime) -> None:
    rebuild(platform=current_platform(), at=at)
    before = read_rows()
    rebuild(platform=current_platform(), at=at)
    assert read_rows() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda: UnitResult.objects.first().delete(),  # type: ignore[union-attr]
        lambda: DilemmaRun.objects.first().delete(),  # type: ignore[union-attr]
        lambda: Completion.objects.update(percent=1),
        lambda: AssessmentAttempt.objects.update(passed=True),
        lambda: Acknowledgement.objects.all().delete(),
        lambda: Enrolment.objects.update(cycle=9),
    ],
)
def test_a_damaged_row_is_found_and_restored(history: Learner, damage: object, at: datetime) -> None:
    damage()  # type: ignore[operator]
    assert check(platform=current_platform())
    rebuild(platform=current_platform(), at=at)
    assert check(platform=current_platform()) == []


def test_a_row_that_nothing_states_is_found(history: Learner, at: datetime) -> None:
    UnitResult.objects.create(enrolment=history.enrolment, unit_key="inventada", finished_at=at, source="web")
    found = check(platform=current_platform())
    assert [difference.kind for difference in found] == ["units"]


def test_the_command_says_that_all_is_well(history: Learner, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_progress")
    assert "dicen lo mismo" in capsys.readouterr().out


def test_the_command_fails_on_a_difference(history: Learner) -> None:
    UnitResult.objects.all().delete()
    with pytest.raises(CommandError, match="rebuild_progress"):
        call_command("check_progress")


def test_an_erased_person_leaves_counts_and_no_bridge(history: Learner, at: datetime) -> None:
    erase_person(person=history.person, at=at)
    assert check(platform=current_platform()) == []
    rebuild(platform=current_platform(), at=at)
    assert Completion.objects.count() == 2


def test_drafts_survive_a_rebuild(history: Learner, course: CoursePage, at: datetime) -> None:
    posting = PostingFactory()
    other = make_learner(person=posting.person, at=at, posting=posting)
    other.answer("l1", "p1", at)
    rebuild(platform=current_platform(), at=at)
    assert other.enrolment.check_answers.count() == 1
