"""Evidence: what is kept, what is refused, and addresses that die."""

import hashlib
import io
import zipfile
from datetime import datetime, timedelta

import pytest

from courses.quality.rules import LinkState
from lms.lib.link_asking import Answer
from lms.plan.models import Commitment, Evidence, ProgressUpdate
from lms.plan.selectors.progress import public_evidence
from lms.plan.services.evidence import (
    LARGEST_FILE,
    EmptyFileError,
    FileKindError,
    LargeFileError,
    check_file,
    check_links,
    discard_evidence,
    open_file,
    retire_evidence,
)
from lms.plan.services.milestones import ReasonMissingError
from tests.factories.plan import CommitmentFactory
from tests.factories.plan_progress import PDF, approve, attach, create_milestone, write_update

pytestmark = pytest.mark.django_db


class Site:
    """Answers for all addresses alike."""

    def __init__(self, state: LinkState) -> None:
        self.state, self.asked = state, 0

    def ask(self, url: str) -> Answer:
        self.asked += 1
        return Answer(self.state)


@pytest.fixture
def update(at: datetime) -> ProgressUpdate:
    commitment: Commitment = CommitmentFactory()
    create_milestone(commitment=commitment, at=at)
    return write_update(commitment=commitment, at=at)


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return out.getvalue()


def test_file_is_kept_by_its_hash(update: ProgressUpdate, at: datetime) -> None:
    evidence = attach(update=update, at=at, url="")
    assert (evidence.sha256, evidence.size) == (hashlib.sha256(PDF).hexdigest(), len(PDF))
    assert open_file(evidence=evidence) == PDF


def test_same_file_twice_is_stored_once(update: ProgressUpdate, at: datetime) -> None:
    first, second = (attach(update=update, at=at, url="") for _turn in range(2))
    assert open_file(evidence=first) == open_file(evidence=second) == PDF


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "acta.pdf"),
        (archive("word/document.xml"), "acta.docx"),
        (archive("xl/workbook.xml"), "Tabla.XLSX"),
        (archive("content.xml", "mimetype"), "tabla.ods"),
        ("región;valor\nÑuble;3\n".encode(), "tabla.csv"),
    ],
)
def test_documents_are_taken(content: bytes, name: str) -> None:
    check_file(content=content, name=name)


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "acta.pdf", EmptyFileError),
        (b"%PDF-" + b"x" * LARGEST_FILE, "acta.pdf", LargeFileError),
        (PDF, "acta.html", FileKindError),
        (b"<script>alert(1)</script>", "acta.html", FileKindError),
        (b"MZ\x90\x00", "acta.pdf", FileKindError),
        (archive("word/document.xml", "word/vbaProject.bin"), "acta.docx", FileKindError),
        (archive("otra.txt"), "acta.docx", FileKindError),
        (b"PK\x03\x04roto", "acta.xlsx", FileKindError),
        (b"a\x00b", "tabla.csv", FileKindError),
        (b"\xff\xfe\xfa", "tabla.csv", FileKindError),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_file(content=content, name=name)


def test_what_was_never_public_can_be_discarded(update: ProgressUpdate, at: datetime) -> None:
    discard_evidence(evidence_id=attach(update=update, at=at).pk)
    assert not Evidence.objects.exists()


def test_what_was_public_is_not_discarded(update: ProgressUpdate, at: datetime) -> None:
    evidence = attach(update=update, at=at)
    approve(update=update, at=at)
    discard_evidence(evidence_id=evidence.pk)
    assert public_evidence().get() == evidence


def test_public_evidence_is_taken_back_with_a_reason(update: ProgressUpdate, at: datetime) -> None:
    evidence = attach(update=update, at=at)
    approve(update=update, at=at)
    with pytest.raises(ReasonMissingError):
        retire_evidence(evidence_id=evidence.pk, reason="", changed_by_id=None, at=at)
    assert retire_evidence(evidence_id=evidence.pk, reason="Datos personales.", changed_by_id=None, at=at)
    assert not public_evidence().exists()


def test_draft_evidence_is_not_retired(update: ProgressUpdate, at: datetime) -> None:
    evidence = attach(update=update, at=at)
    assert not retire_evidence(evidence_id=evidence.pk, reason="x", changed_by_id=None, at=at)


# --- Addresses that die --------------------------------------------------------------------------
@pytest.fixture
def public(update: ProgressUpdate, at: datetime) -> Evidence:
    evidence = attach(update=update, at=at)
    approve(update=update, at=at)
    return evidence


def check(state: LinkState, at: datetime) -> int:
    return check_links(at=at, asker=Site(state))  # type: ignore[arg-type]


def test_address_that_works_is_asked_once_a_month(public: Evidence, at: datetime) -> None:
    assert check(LinkState.WORKS, at) == 1
    assert check(LinkState.WORKS, at + timedelta(days=29)) == 0
    assert check(LinkState.WORKS, at + timedelta(days=30)) == 1


def test_one_failure_does_not_make_it_dead(public: Evidence, at: datetime) -> None:
    check(LinkState.GONE, at)
    public.refresh_from_db()
    assert not public.is_dead


def test_address_that_fails_again_the_next_day_is_dead(public: Evidence, at: datetime) -> None:
    check(LinkState.GONE, at)
    check(LinkState.FAILS, at + timedelta(days=1))
    public.refresh_from_db()
    assert (public.is_dead, public.dead_since) == (True, at)


def test_address_that_answers_again_is_alive(public: Evidence, at: datetime) -> None:
    check(LinkState.GONE, at)
    check(LinkState.WORKS, at + timedelta(days=1))
    public.refresh_from_db()
    assert (public.is_dead, public.dead_since) == (False, None)


def test_site_that_lets_no_program_in_is_not_dead(public: Evidence, at: datetime) -> None:
    check(LinkState.UNKNOWN, at)
    public.refresh_from_db()
    assert not public.is_dead


def test_drafts_and_files_are_not_asked(update: ProgressUpdate, at: datetime) -> None:
    attach(update=update, at=at)
    attach(update=update, at=at, url="")
    assert check(LinkState.WORKS, at) == 0
