"""Writing, correcting, taking back; what stays when an account goes."""

from datetime import date, datetime, timedelta

import pytest

from lms.participation.models import (
    Consultation,
    Contribution,
    ContributionEdit,
    ModerationAction,
    OfficialReply,
)
from lms.participation.rules.contributions import Refusal, Sector, State
from lms.participation.rules.moderation import Act, HiddenReason
from lms.participation.services.changing import (
    TooLateToEditError,
    edit_contribution,
    forget_authors,
    withdraw_contribution,
)
from lms.participation.services.contributing import (
    Author,
    ContributionRefusedError,
    add_contribution,
    add_follow_up,
)
from lms.participation.services.moderating import (
    NotPossibleError,
    NotReportableError,
    TooManyReportsError,
    decide,
    report_contribution,
)
from lms.participation.services.replying import NotAnswerableError, ReasonTooShortError
from lms.participation.services.settings import change_settings
from lms.participation.words import public_name
from lms.people.services.accounts import erase_person
from lms.plan.models import ActionPlan, Commitment, ImmutableChangeError
from tests.factories.participation import comment, consult, contribute, reply
from tests.factories.people import UserFactory
from tests.personas import Personas


def review_first(plan: ActionPlan) -> None:
    change_settings(plan_id=plan.pk, comments_open=True, reviews_first=True, space_rules="")


def hide(row: Contribution, *, at: datetime) -> None:
    decide(
        contribution_id=row.pk, act=Act.HIDE, reason=HiddenReason.OFFENCE, note="Insulta.", seen=0,
        by_id=None, at=at,
    )  # fmt: skip


def test_a_comment_is_shown_at_once_with_its_number(commitment: Commitment, at: datetime) -> None:
    first = comment(commitment, UserFactory(), at=at)
    second = comment(commitment, UserFactory(), at=at)
    assert [(row.number, row.state, row.shown_at) for row in (first, second)] == [
        (1, "shown", at), (2, "shown", at),
    ]  # fmt: skip


def test_a_plan_that_reviews_first_keeps_it_waiting(commitment: Commitment, at: datetime) -> None:
    review_first(commitment.plan)
    row = comment(commitment, UserFactory(), at=at)
    assert (row.state, row.shown_at) == ("waiting", None)
    decide(contribution_id=row.pk, act=Act.SHOW, reason=None, note="", seen=0, by_id=None, at=at)
    row.refresh_from_db()
    assert (row.state, row.shown_at) == ("shown", at)


def test_a_contribution_knows_its_section_and_the_commitment_of_it(plan: ActionPlan, at: datetime) -> None:
    consultation = consult(plan, at=at, draft=None)
    assert list(consultation.sections.values_list("title", flat=True))[-1] == "11. Compromiso de prueba 11"
    row = contribute(consultation, UserFactory(), at=at, section=3)
    assert row.commitment is not None and row.commitment.number == 11


def test_a_consultation_takes_nothing_before_and_after_its_days(plan: ActionPlan, at: datetime) -> None:
    today = at.date()
    later = consult(plan, at=at, opens_on=today + timedelta(days=1))
    over = consult(plan, at=at, opens_on=date(2026, 1, 1), closes_on=today - timedelta(days=1))
    for row, refusal in ((later, Refusal.NOT_OPEN_YET), (over, Refusal.OVER)):
        with pytest.raises(ContributionRefusedError) as error:
            contribute(row, UserFactory(), at=at)
        assert error.value.refusal == refusal


def test_a_draft_that_changed_meanwhile_takes_nothing(plan: ActionPlan, at: datetime) -> None:
    row = consult(plan, at=at)
    gone, author = row.sections.get(order=2).pk, Author(UserFactory().pk, Sector.CITIZEN)
    row.sections.all().delete()
    for is_published, refusal in ((True, Refusal.DRAFT_CHANGED), (False, Refusal.NOT_PUBLISHED)):
        Consultation.objects.update(is_published=is_published)
        with pytest.raises(ContributionRefusedError) as error:
            add_contribution(consultation_id=row.pk, section_id=gone, author=author, text="Hola", at=at)
        assert error.value.refusal == refusal


def test_the_same_words_twice_are_refused_with_the_first(commitment: Commitment, at: datetime) -> None:
    user = UserFactory()
    first = comment(commitment, user, at=at, text="Publiquen el registro.")
    with pytest.raises(ContributionRefusedError) as error:
        comment(commitment, user, at=at + timedelta(days=3), text="¡PUBLIQUEN el registro!")
    assert (error.value.refusal, error.value.twin) == (Refusal.WRITTEN_BEFORE, first)
    comment(commitment, UserFactory(), at=at, text="Publiquen el registro.")


def test_six_an_hour_and_no_more(commitment: Commitment, at: datetime) -> None:
    user = UserFactory()
    for number in range(6):
        comment(commitment, user, at=at, text=f"Propuesta {number}")
    with pytest.raises(ContributionRefusedError):
        comment(commitment, user, at=at + timedelta(minutes=59), text="Otra más")
    comment(commitment, user, at=at + timedelta(minutes=61), text="Otra más")


def test_what_nobody_sees_is_cleaned_away(commitment: Commitment, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at, text="Hola\x00 \u202eodnum\r\n\r\n\r\n\r\nfin  ")
    assert row.text == "Hola odnum\n\nfin"


def test_earlier_words_are_kept_for_those_who_moderate(commitment: Commitment, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at, text="Antes")
    assert edit_contribution(contribution_id=row.pk, text="Después", at=at + timedelta(minutes=29))
    assert ContributionEdit.objects.get().text == "Antes"
    with pytest.raises(TooLateToEditError):
        edit_contribution(contribution_id=row.pk, text="Tarde", at=at + timedelta(minutes=31))


def test_after_an_answer_one_only_adds(commitment: Commitment, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at)
    with pytest.raises(ContributionRefusedError):
        add_follow_up(contribution_id=row.pk, text="Y algo más", at=at)
    reply(row, at=at)
    with pytest.raises(TooLateToEditError):
        edit_contribution(contribution_id=row.pk, text="Cambio", at=at)
    added = add_follow_up(contribution_id=row.pk, text="Y algo más", at=at)
    assert (added.follow_up_of, added.sector, added.commitment_id) == (row, row.sector, commitment.pk)


def test_one_adds_even_after_the_consultation_closed(plan: ActionPlan, at: datetime) -> None:
    row = contribute(consult(plan, at=at), UserFactory(), at=at)
    reply(row, at=at + timedelta(days=20))
    added = add_follow_up(contribution_id=row.pk, text="Gracias, pero falta", at=at + timedelta(days=21))
    assert added.is_shown


def test_withdrawn_words_go_and_the_place_stays(commitment: Commitment, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at, organisation="Fundación Ejemplo")
    edit_contribution(contribution_id=row.pk, text="Otra cosa", at=at)
    report_contribution(
        contribution_id=row.pk, user_id=UserFactory().pk, reason=HiddenReason.OFFENCE, note="", at=at
    )
    reply(row, at=at)
    assert withdraw_contribution(contribution_id=row.pk)
    row.refresh_from_db()
    assert (row.text, row.fingerprint, row.organisation, row.state) == ("", "", "", "withdrawn")
    assert (row.number, row.is_answered, row.edits.count(), row.reports.get().quoted) == (1, True, 0, "")
    assert not withdraw_contribution(contribution_id=row.pk)


# --- Answers -------------------------------------------------------------------------------------
def test_a_correction_is_a_new_row_and_the_first_answer_counts_the_days(
    commitment: Commitment, at: datetime
) -> None:
    row = comment(commitment, UserFactory(), at=at)
    first = reply(row, at=at + timedelta(days=4))
    second = reply(row, at=at + timedelta(days=9), reason="Nos equivocamos: se acoge solo en parte.")
    row.refresh_from_db()
    assert (row.latest_reply, row.answered_in_days) == (second, 4)
    assert (first.is_correction, second.is_correction) == (False, True)


def test_replies_and_decisions_are_never_rewritten(commitment: Commitment, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at)
    found = reply(row, at=at)
    hide(row, at=at)
    for attempt in (
        found.save,
        found.delete,
        lambda: OfficialReply.objects.update(reason="Otra"),
        lambda: OfficialReply.objects.all().delete(),
        lambda: ModerationAction.objects.update(note="Otra"),
        ModerationAction.objects.get().delete,
    ):
        with pytest.raises(ImmutableChangeError):
            attempt()


def test_a_reply_says_why_and_only_to_what_is_shown(commitment: Commitment, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at)
    with pytest.raises(ReasonTooShortError):
        reply(row, at=at, reason="  No se puede.   ")
    hide(row, at=at)
    with pytest.raises(NotAnswerableError):
        reply(row, at=at)


# --- Moderation ----------------------------------------------------------------------------------
def test_hiding_needs_a_reason_and_leaves_a_line(commitment: Commitment, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at)
    with pytest.raises(ValueError, match="ocultar"):
        decide(contribution_id=row.pk, act=Act.HIDE, reason=None, note="", seen=0, by_id=None, at=at)
    hide(row, at=at)
    row.refresh_from_db()
    assert (row.state, row.hidden_reason, row.hidden_note) == ("hidden", "offence", "Insulta.")
    assert ModerationAction.objects.get().act == Act.HIDE


def test_words_that_changed_since_they_were_read_are_not_decided_about(
    commitment: Commitment, at: datetime
) -> None:
    review_first(commitment.plan)
    row = comment(commitment, UserFactory(), at=at)
    edit_contribution(contribution_id=row.pk, text="Otra cosa", at=at)
    with pytest.raises(NotPossibleError):
        decide(contribution_id=row.pk, act=Act.SHOW, reason=None, note="", seen=0, by_id=None, at=at)


def test_one_reports_once_not_oneself_and_not_without_end(commitment: Commitment, at: datetime) -> None:
    author, reader = UserFactory(), UserFactory()
    rows = [comment(commitment, UserFactory(), at=at, text=f"Texto {number}") for number in range(10)]
    own = comment(commitment, author, at=at)

    def tell(row: Contribution, user_id: int) -> bool:
        return report_contribution(
            contribution_id=row.pk, user_id=user_id, reason=HiddenReason.OFF_TOPIC, note="", at=at
        )

    with pytest.raises(NotReportableError):
        tell(own, author.pk)
    assert all(tell(row, reader.pk) for row in rows)
    assert not tell(rows[0], reader.pk)
    with pytest.raises(TooManyReportsError):
        tell(own, reader.pk)


# --- Names ---------------------------------------------------------------------------------------
def test_a_name_is_shown_only_where_its_author_wants_it_and_as_long_as_the_words_are(
    commitment: Commitment, at: datetime, personas: Personas
) -> None:
    named = comment(commitment, personas.ana, at=at, shows_name=True)
    unnamed = comment(commitment, personas.bruno, at=at)
    assert (public_name(named), public_name(unnamed)) == ("Ana Rojas", "Persona de la sociedad civil")
    hide(named, at=at)
    named.refresh_from_db()
    assert public_name(named) == "Persona de la sociedad civil"


def test_what_an_erased_account_never_published_goes(
    commitment: Commitment, at: datetime, personas: Personas
) -> None:
    shown = comment(commitment, personas.ana, at=at, organisation="Fundación Ejemplo")
    review_first(commitment.plan)
    waiting = comment(commitment, personas.ana, at=at, text="Nunca publicado")
    kept = comment(commitment, personas.bruno, at=at, organisation="Otra")
    erase_person(person=personas.ana.person, at=at)
    assert forget_authors() == 2
    assert forget_authors() == 0
    for row in (shown, waiting, kept):
        row.refresh_from_db()
    assert (shown.text != "", shown.organisation, waiting.text, waiting.state) == (True, "", "", "withdrawn")
    assert kept.organisation == "Otra"


def test_hidden_words_of_an_erased_account_go_also_where_they_were_quoted(
    commitment: Commitment, at: datetime, personas: Personas
) -> None:
    row = comment(commitment, personas.ana, at=at, text="Palabras feas")
    report_contribution(
        contribution_id=row.pk, user_id=personas.bruno.pk, reason=HiddenReason.OFFENCE, note="", at=at
    )
    hide(row, at=at)
    erase_person(person=personas.ana.person, at=at)
    forget_authors()
    row.refresh_from_db()
    assert (row.text, row.fingerprint, row.reports.get().quoted) == ("", "", "")
    assert (row.state, row.hidden_reason) == ("hidden", "offence")
    with pytest.raises(NotPossibleError):
        decide(contribution_id=row.pk, act=Act.RESTORE, reason=None, note="", seen=0, by_id=None, at=at)


def test_an_erased_account_leaves_public_words_without_a_name(
    commitment: Commitment, at: datetime, personas: Personas
) -> None:
    row = comment(commitment, personas.ana, at=at, shows_name=True, wants_mail=True)
    edit_contribution(contribution_id=row.pk, text="Palabras públicas", at=at)
    other = comment(commitment, personas.bruno, at=at)
    report_contribution(
        contribution_id=other.pk, user_id=personas.ana.pk, reason=HiddenReason.OFFENCE, note="", at=at
    )
    reply(row, at=at)
    erase_person(person=personas.ana.person, at=at)
    row.refresh_from_db()
    assert (row.author, public_name(row), row.text) == (None, "Persona eliminada", "Palabras públicas")
    assert (row.edits.count(), other.reports.count(), row.state) == (0, 0, State.SHOWN)
