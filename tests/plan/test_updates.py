"""Updates: only an approved one counts, and nothing of one that is not gets out."""

from datetime import date, datetime, timedelta

import pytest

from lms.plan.models import (
    Commitment,
    Evidence,
    Milestone,
    PlanChange,
    ProgressUpdate,
    Replanning,
    UpdateLine,
    UpdateStep,
)
from lms.plan.selectors.progress import list_milestones, list_public_updates
from lms.plan.services import (
    LineValues,
    NoteMissingError,
    NothingReportedError,
    ReplanningDateError,
    ReplanningReasonError,
    SentUpdateError,
    UpdateChangedError,
    UpdateStateError,
    UpdateValues,
    approve_update,
    open_update,
    return_update,
    save_update,
    submit_update,
    take_away_evidence,
    withdraw_update,
)
from lms.plan.services.evidence import open_file
from lms.plan.services.milestones import (
    MilestoneValues,
    ReasonMissingError,
    edit_milestone,
    set_milestone_active,
)
from tests.factories.plan import CommitmentFactory
from tests.factories.plan_progress import approve, attach, create_milestone, write_update

pytestmark = pytest.mark.django_db

COMPLETE = LineValues(status="complete", text="Listo.")


@pytest.fixture
def commitment(at: datetime) -> Commitment:
    found: Commitment = CommitmentFactory()
    create_milestone(commitment=found, at=at)
    create_milestone(commitment=found, at=at, label="Capacitar a los equipos")
    return found


def milestone(code: str = "h1") -> Milestone:
    return Milestone.objects.get(code=code)


def submit(update: ProgressUpdate, at: datetime) -> ProgressUpdate:
    return submit_update(update_id=update.pk, note="", by_id=None, at=at)


def test_milestones_get_codes_that_stay(commitment: Commitment) -> None:
    assert [(m.code, m.order) for m in commitment.milestones.all()] == [("h1", 1), ("h2", 2)]


@pytest.mark.parametrize("state", ["draft", "pending", "returned"])
def test_what_is_not_approved_changes_no_milestone(commitment: Commitment, at: datetime, state: str) -> None:
    update = write_update(commitment=commitment, at=at, h1=COMPLETE)
    attach(update=update, at=at)
    if state != "draft":
        submit(update, at)
    if state == "returned":
        return_update(update_id=update.pk, note="Falta el acta.", by_id=None, at=at)
    (row, _other) = list_milestones(commitments=[commitment], today=date(2024, 6, 1))[commitment.pk]
    assert (row.milestone.status, list(row.evidence), row.shown) == (None, [], "not_reported")


def test_approval_brings_status_and_evidence_together(commitment: Commitment, at: datetime) -> None:
    update = write_update(commitment=commitment, at=at, h1=COMPLETE)
    attach(update=update, at=at)
    approve(update=update, at=at)
    (row, other) = list_milestones(commitments=[commitment], today=date(2024, 6, 1))[commitment.pk]
    assert (row.shown, len(row.evidence), other.shown) == ("complete", 1, "not_reported")


def test_complete_without_evidence_reads_without_evidence(commitment: Commitment, at: datetime) -> None:
    approve(update=write_update(commitment=commitment, at=at, h1=COMPLETE), at=at)
    (row, _other) = list_milestones(commitments=[commitment], today=date(2024, 6, 1))[commitment.pk]
    assert (row.shown, row.reported_words) == ("no_evidence", "Completo")


def test_evidence_of_an_earlier_status_does_not_show_a_later_one(
    commitment: Commitment, at: datetime
) -> None:
    first = write_update(commitment=commitment, at=at, h1=LineValues(status="limited"))
    attach(update=first, at=at)
    approve(update=first, at=at)
    later = at + timedelta(days=200)
    approve(update=write_update(commitment=commitment, at=later, h1=COMPLETE), at=later)
    (row, _other) = list_milestones(commitments=[commitment], today=later.date())[commitment.pk]
    assert (row.shown, len(row.evidence)) == ("no_evidence", 1)


def test_deadline_that_the_milestone_has_anyway_is_no_replanning(
    commitment: Commitment, at: datetime
) -> None:
    same = LineValues(status="limited", due_after=date(2024, 12, 31))
    approve(update=write_update(commitment=commitment, at=at, h1=same), at=at)
    assert not Replanning.objects.exists()


def test_approval_is_the_day_of_the_last_update(commitment: Commitment, at: datetime) -> None:
    approve(update=write_update(commitment=commitment, at=at), at=at)
    commitment.refresh_from_db()
    assert commitment.last_update_on == at.date()


def test_approval_stands_in_the_history(commitment: Commitment, at: datetime) -> None:
    approve(update=write_update(commitment=commitment, at=at, h1=COMPLETE), at=at)
    changes = PlanChange.objects.filter(kind="reported").order_by("pk")
    assert [(change.subject, change.after.get("status")) for change in changes] == [
        ("milestone", "complete"),
        ("commitment", None),
    ]


def test_new_deadline_is_a_replanning_with_its_reason(commitment: Commitment, at: datetime) -> None:
    later = LineValues(due_after=date(2025, 6, 30), reason="Faltó presupuesto.")
    approve(update=write_update(commitment=commitment, at=at, h1=later), at=at)
    found = Replanning.objects.get()
    assert (found.due_before, found.due_after, found.reason) == (
        date(2024, 12, 31),
        date(2025, 6, 30),
        "Faltó presupuesto.",
    )


def test_new_deadline_without_reason_is_not_sent(commitment: Commitment, at: datetime) -> None:
    update = write_update(commitment=commitment, at=at, h1=LineValues(due_after=date(2025, 6, 30)))
    with pytest.raises(ReplanningReasonError, match="Publicar la pauta"):
        submit(update, at)


def test_new_deadline_before_the_start_is_not_sent(commitment: Commitment, at: datetime) -> None:
    update = write_update(
        commitment=commitment, at=at, h1=LineValues(due_after=date(2023, 6, 30), reason="Antes.")
    )
    with pytest.raises(ReplanningDateError):
        submit(update, at)


def test_update_that_says_nothing_is_not_sent(commitment: Commitment, at: datetime) -> None:
    update = write_update(commitment=commitment, at=at, text="  ")
    with pytest.raises(NothingReportedError):
        submit(update, at)
    update.refresh_from_db()
    assert update.state == "draft"


def test_evidence_alone_says_something(commitment: Commitment, at: datetime) -> None:
    update = write_update(commitment=commitment, at=at, text="")
    attach(update=update, at=at)
    assert submit(update, at).state == "pending"


def test_one_open_update_at_a_time(commitment: Commitment, at: datetime) -> None:
    first = write_update(commitment=commitment, at=at)
    again, is_new = open_update(
        commitment_id=commitment.pk, period="2024-2", office="Otra", written_by_id=None, at=at
    )
    assert (again.pk, is_new) == (first.pk, False)


def test_after_approval_there_is_a_new_one(commitment: Commitment, at: datetime) -> None:
    first = approve(update=write_update(commitment=commitment, at=at), at=at)
    second = write_update(commitment=commitment, at=at)
    assert second.pk != first.pk


def test_milestone_added_meanwhile_gets_its_line(commitment: Commitment, at: datetime) -> None:
    update = write_update(commitment=commitment, at=at)
    create_milestone(commitment=commitment, at=at, label="Evaluar")
    open_update(commitment_id=commitment.pk, period="2024-1", office="", written_by_id=None, at=at)
    assert update.lines.count() == 3


def test_saving_over_somebody_elses_words_is_refused(commitment: Commitment, at: datetime) -> None:
    update = write_update(commitment=commitment, at=at)
    later = at + timedelta(minutes=5)
    save_update(
        update_id=update.pk, values=UpdateValues("De otra persona."), seen_at=update.saved_at,
        written_by_id=None, at=later,
    )  # fmt: skip
    with pytest.raises(UpdateChangedError):
        save_update(
            update_id=update.pk, values=UpdateValues("Mía."), seen_at=update.saved_at, written_by_id=None,
            at=later,
        )  # fmt: skip
    update.refresh_from_db()
    assert update.text == "De otra persona."


@pytest.mark.parametrize("act", [approve_update, return_update])
def test_draft_is_neither_approved_nor_returned(commitment: Commitment, at: datetime, act: object) -> None:
    update = write_update(commitment=commitment, at=at)
    with pytest.raises(UpdateStateError):
        act(update_id=update.pk, note="x", by_id=None, at=at)  # type: ignore[operator]


def test_sent_update_is_not_written(commitment: Commitment, at: datetime) -> None:
    update = submit(write_update(commitment=commitment, at=at), at)
    with pytest.raises(UpdateStateError):
        save_update(
            update_id=update.pk, values=UpdateValues("Otra cosa"), seen_at=None, written_by_id=None, at=at
        )


def test_sent_update_can_be_taken_back(commitment: Commitment, at: datetime) -> None:
    update = submit(write_update(commitment=commitment, at=at), at)
    assert withdraw_update(update_id=update.pk, by_id=None, at=at).state == "draft"


def test_returning_needs_a_note(commitment: Commitment, at: datetime) -> None:
    update = submit(write_update(commitment=commitment, at=at), at)
    with pytest.raises(NoteMissingError):
        return_update(update_id=update.pk, note=" ", by_id=None, at=at)


def test_each_step_is_kept_with_its_note(commitment: Commitment, at: datetime) -> None:
    update = submit(write_update(commitment=commitment, at=at), at)
    return_update(update_id=update.pk, note="Falta el acta.", by_id=None, at=at)
    approve(update=update, at=at)
    steps = UpdateStep.objects.values_list("state", "note")
    assert list(steps) == [
        ("draft", ""), ("pending", ""), ("returned", "Falta el acta."), ("pending", ""), ("approved", ""),
    ]  # fmt: skip


def test_second_approval_changes_nothing(commitment: Commitment, at: datetime) -> None:
    update = approve(update=write_update(commitment=commitment, at=at, h1=COMPLETE), at=at)
    count = PlanChange.objects.count()
    with pytest.raises(UpdateStateError):
        approve_update(update_id=update.pk, note="", by_id=None, at=at)
    assert PlanChange.objects.count() == count


def test_keeper_replans_with_a_reason_only(commitment: Commitment, at: datetime) -> None:
    values = MilestoneValues(label="Publicar la pauta", starts_on=date(2024, 1, 1), due_on=date(2025, 3, 1))
    with pytest.raises(ReasonMissingError):
        edit_milestone(milestone_id=milestone().pk, values=values, changed_by_id=None, at=at)
    assert milestone().due_on == date(2024, 12, 31)
    edit_milestone(
        milestone_id=milestone().pk, values=values, changed_by_id=None, at=at, reason="Por la licitación."
    )
    assert (milestone().due_on, Replanning.objects.count()) == (date(2025, 3, 1), 1)


def test_milestones_cost_two_queries(
    commitment: Commitment, at: datetime, django_assert_num_queries: object
) -> None:
    for _turn in range(27):
        create_milestone(commitment=commitment, at=at)
    update = write_update(commitment=commitment, at=at, h1=COMPLETE)
    attach(update=update, at=at)
    approve(update=update, at=at)
    with django_assert_num_queries(2):  # type: ignore[operator]
        rows = list_milestones(commitments=[commitment], today=date(2025, 6, 1))[commitment.pk]
        assert sum(row.is_late for row in rows) == 28
        assert sum(len(row.evidence) for row in rows) == 1


def test_what_nobody_read_of_a_withdrawn_milestone_does_not_get_out(
    commitment: Commitment, at: datetime
) -> None:
    update = write_update(commitment=commitment, at=at, h1=COMPLETE, h2=LineValues(text="Secreto."))
    attach(update=update, at=at, code="h2", url="")
    withdrawn = milestone("h2")
    set_milestone_active(
        milestone_id=withdrawn.pk, is_active=False, reason="Lo hace otro.", changed_by_id=None, at=at
    )
    approve(update=update, at=at)
    (told,) = list_public_updates(commitment=commitment)
    assert [line.text for line in told.lines] == ["Listo."]
    assert not withdrawn.evidence.exists()


def test_approval_that_fails_deletes_no_file(commitment: Commitment, at: datetime) -> None:
    late = LineValues(due_after=date(2026, 1, 1))
    update = write_update(commitment=commitment, at=at, h1=COMPLETE, h2=LineValues(text="Secreto."))
    hidden = attach(update=update, at=at, code="h2", url="")
    submit_update(update_id=update.pk, note="", by_id=None, at=at)
    set_milestone_active(
        milestone_id=milestone("h2").pk, is_active=False, reason="Lo hace otro.", changed_by_id=None, at=at
    )
    UpdateLine.objects.filter(milestone__code="h1").update(due_after=late.due_after, reason="")
    with pytest.raises(ReplanningReasonError):
        approve_update(update_id=update.pk, note="", by_id=None, at=at)
    assert open_file(evidence=hidden)


def test_evidence_of_an_update_that_was_sent_stays(commitment: Commitment, at: datetime) -> None:
    """Somebody had the page open and takes it away after another sent the update."""
    update = write_update(commitment=commitment, at=at, h1=COMPLETE)
    evidence = attach(update=update, at=at)
    submit_update(update_id=update.pk, note="", by_id=None, at=at)
    with pytest.raises(SentUpdateError):
        take_away_evidence(evidence_id=evidence.pk)
    assert Evidence.objects.filter(pk=evidence.pk).exists()


def test_update_that_speaks_of_withdrawn_milestones_alone_says_nothing(
    commitment: Commitment, at: datetime
) -> None:
    update = write_update(commitment=commitment, at=at, text="", h2=COMPLETE)
    set_milestone_active(
        milestone_id=milestone("h2").pk, is_active=False, reason="Lo hace otro.", changed_by_id=None, at=at
    )
    with pytest.raises(NothingReportedError):
        submit(update, at)
