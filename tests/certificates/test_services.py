import hashlib
import uuid
from datetime import datetime
from unittest.mock import patch

import pytest
from django.core.files.storage import storages

from certificates.models import Certificate, CertificateEvent, CertificateFile
from certificates.rules import BlankNameError, CertificateStatus, is_well_formed
from certificates.selectors import find_by_code, find_file, list_cards, list_for_holder, read_file
from certificates.services import (
    CertificateErasedError,
    CertificateFileLostError,
    CertificateRevokedError,
    UnknownReasonError,
    draw_pdf,
    ensure_pdf,
    erase_certificate,
    erase_holder,
    issue_certificate,
    reissue_certificate,
    revoke_certificate,
    set_visibility,
)
from certificates.services import issuing as issuing_module
from certificates.tasks import draw_certificate_pdf
from tests.certificates.samples import (
    AFTER,
    DURING,
    FACTS,
    HOLDER,
    ISSUED_AT,
    ISSUED_ON,
    NAME,
    VALID_UNTIL,
    facts,
    issue,
)

pytestmark = pytest.mark.django_db


def kinds_of(certificate: Certificate) -> list[str]:
    return list(certificate.events.values_list("kind", flat=True))


# --- Issuing -------------------------------------------------------------------------------------
def test_issue_freezes_name_facts_and_dates() -> None:
    certificate = Certificate.objects.get(pk=issue().pk)
    assert certificate.achieved == FACTS
    assert (certificate.recipient_name, certificate.holder_key) == (NAME, HOLDER)
    assert (certificate.issued_at, certificate.issued_on) == (ISSUED_AT, ISSUED_ON)
    assert certificate.valid_until == VALID_UNTIL
    assert is_well_formed(certificate.code)


def test_issue_hides_the_name_until_the_holder_shows_it() -> None:
    assert issue().is_public is False


def test_issue_queues_a_drawing_that_stores_the_pdf() -> None:
    certificate = Certificate.objects.get(pk=issue().pk)
    assert certificate.pdf_status == Certificate.PdfStatus.READY
    assert kinds_of(certificate) == ["issued", "drawn"]


def test_issue_again_answers_the_same_certificate() -> None:
    first = issue()
    again = issue(fact_key=first.fact_key, recipient_name="Otra Persona")
    assert again.pk == first.pk
    assert Certificate.objects.get().recipient_name == NAME
    assert CertificateEvent.objects.filter(kind="issued").count() == 1


def test_issue_at_the_same_moment_answers_the_one_that_won() -> None:
    winner = issue()
    look_up, answers = issuing_module._find_by_fact, iter([None])

    def blind_at_first(fact_key: uuid.UUID) -> Certificate | None:
        return next(answers, look_up(fact_key))

    with patch.object(issuing_module, "_find_by_fact", blind_at_first):
        assert issue(fact_key=winner.fact_key).pk == winner.pk
    assert Certificate.objects.count() == 1


def test_issue_draws_another_code_when_one_is_taken() -> None:
    taken = issue().code
    with patch.object(issuing_module, "new_code", side_effect=[taken, "7K2M90QX3F4T8WZP"]):
        assert issue().code == "7K2M90QX3F4T8WZP"


def test_issue_composes_the_name() -> None:
    assert issue(recipient_name=" Begon\u0303a  Soto ").recipient_name == "Begoña Soto"


def test_issue_without_a_name_is_refused() -> None:
    with pytest.raises(BlankNameError):
        issue(recipient_name="  ")
    assert not Certificate.objects.exists()


def test_issue_does_not_fail_for_letters_that_cannot_be_printed() -> None:
    certificate = Certificate.objects.get(pk=issue(recipient_name="Tiare Haŋa").pk)
    assert certificate.pdf_status == Certificate.PdfStatus.FAILED
    assert "ŋ" in certificate.failure
    assert certificate.status_on(DURING) == CertificateStatus.VALID
    assert kinds_of(certificate) == ["issued", "draw_failed"]


# --- Reissuing -----------------------------------------------------------------------------------
def reissue(certificate: Certificate, at: datetime) -> Certificate:
    return reissue_certificate(
        certificate=certificate, recipient_name="Begoña Riquelme", run_masked="", at=at, actor_label="Carla"
    )


def test_reissue_replaces_the_name_and_keeps_facts_and_dates(at: datetime) -> None:
    old = issue()
    new = reissue(old, at)
    old.refresh_from_db()
    assert (new.recipient_name, new.facts, new.issued_on) == ("Begoña Riquelme", old.facts, old.issued_on)
    assert new.code != old.code
    assert old.status_on(DURING) == CertificateStatus.SUPERSEDED
    assert new.status_on(DURING) == CertificateStatus.VALID


def test_reissue_twice_answers_the_same_replacement(at: datetime) -> None:
    old = issue()
    assert reissue(old, at).pk == reissue(old, at).pk


def test_reissue_of_a_revoked_certificate_is_refused(at: datetime) -> None:
    old = issue()
    revoke_certificate(certificate=old, reason="fraud", note="", at=at, actor_label="Carla")
    with pytest.raises(CertificateRevokedError):
        reissue(old, at)


def test_replaced_certificates_are_not_in_the_holders_list(at: datetime) -> None:
    new = reissue(issue(), at)
    assert [card.certificate_id for card in list_cards(holder_keys=[HOLDER], on=DURING)] == [new.pk]


# --- Drawing -------------------------------------------------------------------------------------
def test_stored_pdf_is_named_by_its_hash() -> None:
    file = find_file(certificate=issue())
    assert file is not None
    content = read_file(file=file)
    assert hashlib.sha256(content).hexdigest() == file.sha256
    assert file.storage_key == f"certs/{file.sha256[:2]}/{file.sha256[2:4]}/{file.sha256}.pdf"
    assert file.size == len(content)


def test_drawing_twice_changes_nothing(at: datetime) -> None:
    certificate = issue()
    first, again = find_file(certificate=certificate), draw_pdf(certificate_id=certificate.pk, at=at)
    assert again == first
    assert kinds_of(certificate) == ["issued", "drawn"]


def test_drawing_finishes_what_a_crash_left_half_written(at: datetime) -> None:
    certificate = issue()
    file = find_file(certificate=certificate)
    assert file is not None
    with storages["certificates"].open(file.storage_key, "wb") as half:
        half.write(b"%PDF-1.7")
    ensure_pdf(certificate=certificate, at=at)
    assert len(read_file(file=file)) == file.size


def test_lost_bytes_that_cannot_be_drawn_alike_are_not_replaced(at: datetime) -> None:
    certificate = issue()
    file = find_file(certificate=certificate)
    assert file is not None
    storages["certificates"].delete(file.storage_key)
    with (
        patch("certificates.services.drawing.render_certificate", return_value=b"other"),
        pytest.raises(CertificateFileLostError),
    ):
        ensure_pdf(certificate=certificate, at=at)


def test_pdf_is_drawn_when_asked_for_before_the_queue(at: datetime) -> None:
    with patch.object(issuing_module, "import_string"):
        certificate = issue()
    assert find_file(certificate=certificate) is None
    assert ensure_pdf(certificate=certificate, at=at).size > 10_000


def test_pdf_of_a_revoked_certificate_is_refused(at: datetime) -> None:
    certificate = issue()
    revoked = revoke_certificate(certificate=certificate, reason="error", note="", at=at, actor_label="Carla")
    with pytest.raises(CertificateRevokedError):
        ensure_pdf(certificate=revoked, at=at)


def test_task_that_runs_after_erasure_stores_nothing(at: datetime) -> None:
    certificate = issue()
    erase_certificate(certificate=certificate, at=at, actor_label="Begoña")
    assert draw_certificate_pdf.call(str(certificate.pk)) == "CertificateErasedError"
    assert not CertificateFile.objects.exists()


# --- Revoking, showing -----------------------------------------------------------------------------
def test_revoking_notes_date_reason_and_who(at: datetime) -> None:
    certificate = revoke_certificate(
        certificate=issue(), reason="error", note="Se emitió dos veces", at=at, actor_label="Carla"
    )
    event = certificate.events.get(kind="revoked")
    assert (certificate.revoked_at, certificate.revoked_reason) == (at, "error")
    assert (event.actor_label, event.detail) == ("Carla", "error: Se emitió dos veces")


def test_revoking_twice_keeps_the_first_reason(at: datetime) -> None:
    certificate = issue()
    for reason in ("fraud", "error"):
        revoke_certificate(certificate=certificate, reason=reason, note="", at=at, actor_label="Carla")
    certificate.refresh_from_db()
    assert certificate.revoked_reason == "fraud"
    assert kinds_of(certificate).count("revoked") == 1


@pytest.mark.parametrize("reason", ["", "superseded", "other"])
def test_revoking_for_another_reason_is_refused(reason: str, at: datetime) -> None:
    with pytest.raises(UnknownReasonError):
        revoke_certificate(certificate=issue(), reason=reason, note="", at=at, actor_label="Carla")


def test_holder_shows_and_hides_the_name(at: datetime) -> None:
    certificate = issue()
    for is_public in (True, True, False):
        set_visibility(certificate=certificate, is_public=is_public, at=at, actor_label="Begoña")
    certificate.refresh_from_db()
    assert certificate.is_public is False
    assert kinds_of(certificate)[2:] == ["made_public", "made_private"]


# --- Erasing --------------------------------------------------------------------------------------
def test_erasing_leaves_a_code_and_dates_and_nothing_of_the_person(at: datetime) -> None:
    certificate = issue()
    file = find_file(certificate=certificate)
    assert file is not None
    revoke_certificate(certificate=certificate, reason="error", note=f"De {NAME}", at=at, actor_label="Carla")
    code = certificate.code
    erased = erase_certificate(certificate=certificate, at=at, actor_label="Begoña")
    assert (erased.recipient_name, erased.run_masked, erased.holder_key, erased.facts) == ("", "", "", {})
    assert (erased.code, erased.issued_on) == (code, ISSUED_ON)
    assert not storages["certificates"].exists(file.storage_key)
    assert not CertificateFile.objects.exists()
    assert not any(CertificateEvent.objects.exclude(kind="erased").values_list("detail", flat=True))


def test_erased_completion_is_not_certified_again(at: datetime) -> None:
    certificate = issue()
    erase_certificate(certificate=certificate, at=at, actor_label="Begoña")
    assert issue(fact_key=certificate.fact_key).erased_at == at


def test_erased_certificate_cannot_be_changed(at: datetime) -> None:
    certificate = erase_certificate(certificate=issue(), at=at, actor_label="Begoña")
    with pytest.raises(CertificateErasedError):
        set_visibility(certificate=certificate, is_public=True, at=at, actor_label="Begoña")


def test_erasing_a_holder_erases_all_of_theirs_and_no_others(at: datetime) -> None:
    reissue(issue(), at)
    other = issue(holder_key="holder-2")
    assert erase_holder(holder_key=HOLDER, at=at, actor_label="Begoña") == 2
    assert list(Certificate.objects.present()) == [other]


def test_erasing_nobody_erases_nothing(at: datetime) -> None:
    erase_certificate(certificate=issue(), at=at, actor_label="Begoña")
    assert erase_holder(holder_key="", at=at, actor_label="Begoña") == 0


# --- Reading --------------------------------------------------------------------------------------
def test_code_with_a_wrong_check_symbol_asks_no_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert find_by_code(code="0000-0000-0000-0001") is None


def test_code_is_found_in_one_query_in_any_spelling(django_assert_num_queries: object) -> None:
    certificate = issue()
    typed = certificate.formatted_code.lower().replace("0", "o")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert find_by_code(code=typed) == certificate


def test_holder_sees_only_their_own_newest_first(at: datetime) -> None:
    old, new = issue(), issue(issued_at=at)
    issue(holder_key="holder-2")
    assert list(list_for_holder(holder_keys=[HOLDER])) == [new, old]


def test_list_of_thirty_costs_as_many_queries_as_of_three(django_assert_num_queries: object) -> None:
    with patch.object(issuing_module, "import_string"):
        for _ in range(30):
            issue()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(list_cards(holder_keys=[HOLDER], on=DURING)) == 30


def test_card_counts_the_days_left() -> None:
    certificate = issue()
    (card,) = list_cards(holder_keys=[HOLDER], on=DURING)
    assert card.days_left == (VALID_UNTIL - DURING).days
    assert card.verification_url == f"http://testserver/verificar/{certificate.formatted_code}/"
    (later,) = list_cards(holder_keys=[HOLDER], on=AFTER)
    assert (later.status, later.days_left) == (CertificateStatus.EXPIRED, None)


def test_issue_without_grade_or_institution_is_drawn() -> None:
    plain = facts(result_percent=None, institution_name="", commitment_number=None, signatory_name="")
    certificate = issue_certificate(
        fact_key=uuid.uuid4(), holder_key=HOLDER, recipient_name=NAME, run_masked="", facts=plain,
        issued_at=ISSUED_AT, issued_on=ISSUED_ON, valid_until=None,
    )  # fmt: skip
    assert find_file(certificate=certificate) is not None
