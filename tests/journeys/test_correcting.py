"""A wrong completion is taken back, never edited; the record can be rebuilt all the same."""

from datetime import date, datetime

import pytest

from certificates.models import Certificate
from certificates.services import reissue_certificate
from lms.journeys.attest_completion import Answering
from lms.journeys.correct_completion import Correction, correct_completion
from lms.journeys.enrol import enrol
from lms.journeys.replay_progress import check, rebuild
from lms.progress.models import AssignedTraining, Completion, CompletionVoid, RecordQuestion
from lms.progress.rules.timeline import Standing
from lms.progress.services.attested import AlreadyAttestedError
from lms.progress.services.corrections import AlreadyVoidedError
from lms.progress.services.questions import NotOpenError, withdraw_question
from lms.xapi.platform import current_platform
from tests.factories.learning import Learner
from tests.factories.records import ask, attest, author_at, make_claim
from tests.factories.requirements import make_requirement, make_spec
from tests.statements import list_said, list_verbs


@pytest.fixture
def done(learner: Learner, at: datetime) -> Completion:
    """Completed here, certified."""
    learner.complete(at)
    return Completion.objects.get()


def correct(completion: Completion, at: datetime, **more: object) -> Correction:
    place = completion.enrolment.posting.institution_id  # type: ignore[union-attr]
    fields = {"reason": "wrong_data", "note": "La fecha era otra.", **more}
    return correct_completion(
        completion=completion, author=author_at(place), platform=current_platform(), at=at, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def test_it_stays_and_no_longer_counts(done: Completion, at: datetime) -> None:
    before = (done.completed_on, done.minutes, done.percent)
    correct(done, at)
    done.refresh_from_db()
    assert not done.counts
    assert (done.completed_on, done.minutes, done.percent) == before


def test_the_platform_says_so_with_the_kind_of_reason_and_no_words(done: Completion, at: datetime) -> None:
    correct(done, at)
    void = list_said()[-1]
    assert void.verb.endswith("/voided") and void.actor_name == "aula-abierta"
    said = {k.rsplit("/", 1)[1]: v for k, v in void.raw["context"]["extensions"].items()}
    assert said == {"completado-id": str(done.public_id), "motivo": "wrong_data"}
    assert "fecha era otra" not in str(void.raw)


def test_a_rebuild_brings_it_back_without_counting(done: Completion, at: datetime) -> None:
    correct(done, at)
    assert check(platform=current_platform()) == []
    Completion.objects.all().delete()
    rebuild(platform=current_platform(), at=at)
    again = Completion.objects.select_related("void").get(public_id=done.public_id)
    assert not again.counts and again.void.note == "La fecha era otra."
    assert check(platform=current_platform()) == []


def test_a_completion_that_counts_again_by_hand_is_found(done: Completion, at: datetime) -> None:
    correct(done, at)
    Completion.objects.update(counts=True)
    assert [difference.kind for difference in check(platform=current_platform())] == ["completions"]


@pytest.mark.parametrize(("reason", "told"), [("wrong_data", "error"), ("fraud", "fraud")])
def test_its_certificate_is_revoked_with_the_reason(
    done: Completion, at: datetime, reason: str, told: str
) -> None:
    revoked = correct(done, at, reason=reason).revoked
    assert revoked is not None and revoked.revoked_reason == told
    assert Certificate.objects.get().is_revoked


def test_of_a_replaced_certificate_the_one_in_force_is_revoked(done: Completion, at: datetime) -> None:
    old = Certificate.objects.get()
    new = reissue_certificate(certificate=old, recipient_name="Ana N.", run_masked="", at=at, actor_label="x")
    revoked = correct(done, at).revoked
    assert revoked is not None and revoked.pk == new.pk


def test_what_replaces_it_is_attested_and_refers_to_it(done: Completion, at: datetime) -> None:
    claim = make_claim(done.person, at=at, completed_on=at.date())
    made = correct(done, at, replacement=claim).replacement
    assert made is not None and made.evidence.replaces_id == done.public_id
    said = list_said()[-1].raw["context"]["extensions"]
    assert str(done.public_id) in said.values()
    assert check(platform=current_platform()) == []


def test_the_person_is_drawn_anew(done: Completion, learner: Learner, at: datetime) -> None:
    posting = learner.enrolment.posting
    assert posting is not None
    spec = make_spec(done.course_id, starts_on=date(2026, 1, 1), due_on=date(2026, 6, 1))
    make_requirement(owner=posting.institution, spec=spec, at=at)
    correct(done, at)
    assert AssignedTraining.objects.on(at.date()).get().standing == Standing.LATE


def test_twice_changes_nothing(done: Completion, at: datetime) -> None:
    correct(done, at)
    said = len(list_verbs())
    with pytest.raises(AlreadyVoidedError):
        correct(done, at)
    assert len(list_verbs()) == said and CompletionVoid.objects.count() == 1


def test_a_replacement_that_is_refused_takes_nothing_back(done: Completion, at: datetime) -> None:
    attest(done.person, at=at)
    with pytest.raises(AlreadyAttestedError):
        correct(done, at, replacement=make_claim(done.person, at=at))
    done.refresh_from_db()
    assert done.counts and not CompletionVoid.objects.exists()
    assert not Certificate.objects.get().is_revoked


def test_after_it_the_course_is_taken_again(done: Completion, learner: Learner, at: datetime) -> None:
    correct(done, at)
    again, is_new = enrol(
        person=learner.person, course_code="curso", context="employee", posting=learner.enrolment.posting,
        platform=current_platform(), at=at,
    )  # fmt: skip
    assert is_new and again.cycle == 2


def test_it_answers_the_question_that_led_to_it(done: Completion, at: datetime) -> None:
    question = ask(done.person, at=at, subject="completion", key=str(done.public_id))
    correct(done, at, answering=Answering(question.pk, "Tenías razón."))
    question.refresh_from_db()
    assert question.state == RecordQuestion.State.CORRECTED
    assert question.answers.get().void == CompletionVoid.objects.get()


def test_a_question_withdrawn_meanwhile_stops_the_correction(done: Completion, at: datetime) -> None:
    question = ask(done.person, at=at, subject="completion", key=str(done.public_id))
    withdraw_question(question_id=question.pk, at=at)
    with pytest.raises(NotOpenError):
        correct(done, at, answering=Answering(question.pk, "Tenías razón."))
    done.refresh_from_db()
    assert done.counts


def test_no_statement_holds_a_word_of_the_question(done: Completion, at: datetime) -> None:
    question = ask(done.person, at=at, subject="completion", key=str(done.public_id), text="Palabra secreta")
    correct(done, at, answering=Answering(question.pk, "Respuesta secreta"))
    assert not [said for said in list_said() if "secreta" in str(said.raw)]
