"""HR attests a course completed elsewhere: what is written, what is said, what is refused."""

from datetime import date, datetime, timedelta

import pytest

from certificates.models import Certificate
from courses.models import CoursePage
from lms.journeys.attest_completion import attest_completion
from lms.journeys.enrol import enrol
from lms.journeys.replay_progress import check, read_rows, rebuild
from lms.people.models import Person
from lms.people.services.accounts import erase_person
from lms.progress.models import AssignedTraining, Completion, CompletionEvidence, Enrolment, EvidenceFile
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.evidence import EvidenceDamagedError, read_evidence
from lms.progress.selectors.progress import find_enrolment
from lms.progress.selectors.renewal import may_take_again
from lms.progress.services.attested import (
    AlreadyAttestedError,
    ExpiresBeforeError,
    FutureCompletionError,
    NotInPostingError,
)
from lms.progress.services.erasing import erase_record_words
from lms.progress.services.evidence import purge_unused_evidence
from lms.xapi.platform import current_platform
from tests.factories.learning import make_course, make_learner
from tests.factories.people import PersonFactory, PostingFactory
from tests.factories.records import attest, author_at, make_claim, make_paper, png
from tests.factories.requirements import make_requirement, make_spec
from tests.statements import list_said


@pytest.fixture
def ana(course: CoursePage) -> Person:
    posting = PostingFactory(
        person=PersonFactory(given_names="Ana", family_names="Ñanco"), valid_from=date(2024, 1, 1)
    )
    person: Person = posting.person
    return person


def test_it_counts_with_the_assurance_of_what_hr_attests(ana: Person, at: datetime) -> None:
    completion = attest(ana, at=at, percent=90)
    assert (completion.assurance, completion.counts, completion.context) == ("D", True, "employee")
    assert (completion.completed_on, completion.minutes, completion.percent) == (date(2026, 3, 16), 600, 90)


def test_it_lasts_as_long_as_the_certificate_of_the_release(ana: Person, at: datetime) -> None:
    completion = attest(ana, at=at)
    assert completion.valid_until == date(2028, 3, 16)


def test_it_lasts_as_long_as_hr_says(ana: Person, at: datetime) -> None:
    assert attest(ana, at=at, valid_until=date(2027, 1, 1)).valid_until == date(2027, 1, 1)


def test_no_certificate_of_ours_is_issued(ana: Person, at: datetime) -> None:
    attest(ana, at=at)
    assert not Certificate.objects.exists()


def test_the_statements_say_role_and_paper_but_no_name_and_no_words(ana: Person, at: datetime) -> None:
    completion = attest(ana, at=at)
    initialized, completed = list_said()
    assert [s.verb.rsplit("/", 1)[1] for s in (initialized, completed)] == ["initialized", "completed"]
    said = {k.rsplit("/", 1)[1]: v for k, v in completed.raw["context"]["extensions"].items()}
    assert (said["fuente"], said["acreditado-por"], said["garantia"]) == ("importado", "hr", "D")
    assert said["evidencia-sha256"] == completion.evidence.file.sha256
    text = str(initialized.raw) + str(completed.raw)
    for words in ("Carla", "Ana", "Ñanco", "Escuela de Gobierno"):
        assert words not in text


def test_record_and_rows_agree_and_a_wiped_completion_comes_back_with_its_evidence(
    ana: Person, at: datetime
) -> None:
    platform = current_platform()
    completion = attest(ana, at=at)
    assert check(platform=platform) == []
    before = read_rows()
    Enrolment.objects.all().delete()
    assert not Completion.objects.exists()
    rebuild(platform=platform, at=at)
    assert check(platform=platform) == []
    assert read_rows().completions == before.completions
    again = Completion.objects.select_related("evidence__file").get(public_id=completion.public_id)
    assert read_evidence(file=again.evidence.file).startswith(b"%PDF")


def test_a_requirement_that_takes_it_as_equivalent_is_met(ana: Person, at: datetime) -> None:
    make_course(at=at, code="antiguo")
    posting = ana.postings.get()
    main, old = (make_claim(ana, at=at, course=code).course_id for code in ("curso", "antiguo"))
    spec = make_spec(
        main, starts_on=date(2026, 1, 1), due_on=date(2026, 6, 1), equivalents={str(main): (old,)}
    )
    make_requirement(owner=posting.institution, spec=spec, at=at)
    day = at.date()
    assert AssignedTraining.objects.on(day).get().standing == Standing.LATE
    attest(ana, at=at, course="antiguo")
    assert AssignedTraining.objects.on(day).get().standing == Standing.DONE


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"completed_on": date(2026, 11, 21)}, FutureCompletionError),
        ({"completed_on": date(2023, 12, 31)}, NotInPostingError),
        ({"valid_until": date(2026, 3, 15)}, ExpiresBeforeError),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_written(
    ana: Person, at: datetime, more: dict[str, date], error: type[Exception]
) -> None:
    with pytest.raises(error):
        attest(ana, at=at, **more)
    assert not Enrolment.objects.exists() and not list_said()


def test_today_is_no_future_whatever_the_hour(ana: Person, at: datetime) -> None:
    early = at.replace(hour=7)
    completion = attest(ana, at=early, completed_on=early.date())
    assert completion.completed_at == early


def test_another_institution_cannot_attest(ana: Person, at: datetime) -> None:
    other = PostingFactory().institution_id
    with pytest.raises(NotInPostingError):
        attest(ana, at=at, institution_id=other)


def test_twice_is_once(ana: Person, at: datetime) -> None:
    attest(ana, at=at)
    with pytest.raises(AlreadyAttestedError):
        attest(ana, at=at)
    assert Completion.objects.count() == 1


def test_an_erased_person_gets_nothing(ana: Person, at: datetime) -> None:
    claim, place = make_claim(ana, at=at), ana.postings.get().institution_id
    erase_person(person=ana, at=at)
    with pytest.raises(NotInPostingError):
        attest_completion(claim=claim, author=author_at(place), platform=current_platform(), at=at)


def test_who_is_in_the_middle_of_the_course_goes_on_there(ana: Person, at: datetime) -> None:
    learner = make_learner(person=ana, at=at, posting=ana.postings.get())
    attest(ana, at=at)
    assert find_enrolment(person_id=ana.pk, course_code="curso") == learner.enrolment
    again, is_new = enrol(
        person=ana, course_code="curso", context="employee", posting=ana.postings.get(),
        platform=current_platform(), at=at,
    )  # fmt: skip
    assert (again, is_new) == (learner.enrolment, False)
    assert check(platform=current_platform()) == []


def test_an_attested_course_may_be_taken_here_all_the_same(ana: Person, at: datetime) -> None:
    completion = attest(ana, at=at)
    assert may_take_again(person_id=ana.pk, course_id=completion.course_id, context="employee", day=at.date())
    learner = make_learner(person=ana, at=at, posting=ana.postings.get())
    learner.complete(at)
    assert Completion.objects.filter(assurance="A").count() == 1
    assert check(platform=current_platform()) == []


def test_damaged_bytes_are_not_given_out(ana: Person, at: datetime) -> None:
    paper = make_paper(at=at, content=png())
    EvidenceFile.objects.update(sha256="0" * 64)
    paper.refresh_from_db()
    with pytest.raises(EvidenceDamagedError):
        read_evidence(file=paper)


def test_erasing_takes_the_words_and_the_paper_and_leaves_the_count(ana: Person, at: datetime) -> None:
    completion = attest(ana, at=at)
    paper = completion.evidence.file
    erase_record_words(person_id=ana.pk)
    assert Completion.objects.count() == 1
    assert not CompletionEvidence.objects.exists() and not EvidenceFile.objects.exists()
    with pytest.raises(EvidenceDamagedError):
        read_evidence(file=paper)


def test_the_wait_for_a_form_does_not_matter_to_what_was_used(ana: Person, at: datetime) -> None:
    attest(ana, at=at)
    make_paper(at=at, content=png())
    assert purge_unused_evidence(at=at + timedelta(days=8)) == 1
    assert EvidenceFile.objects.count() == 1
