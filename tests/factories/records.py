"""Papers, attested completions and questions, through the real services."""

import struct
import zlib
from datetime import date, datetime
from typing import Any

from courses.models import Course
from lms.journeys.attest_completion import attest_completion
from lms.people.models import Person
from lms.progress.authorship import Author
from lms.progress.models import (
    AssessmentAttempt,
    Completion,
    Enrolment,
    EvidenceFile,
    RecordQuestion,
    Regrade,
    RegradeLine,
)
from lms.progress.services.attested import Claim
from lms.progress.services.evidence import keep_evidence
from lms.progress.services.questions import ask_question
from lms.xapi.platform import current_platform

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


def png(*, after: bytes = b"") -> bytes:
    """The smallest PNG; ``after``: what somebody hid behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body + after


JPEG = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xda\x00\x02\x11\x22\x33\xff\xd9"


def make_paper(*, at: datetime, content: bytes = PDF, user_id: int | None = None) -> EvidenceFile:
    """A paper that was uploaded."""
    return keep_evidence(content=content, uploaded_by_id=user_id, at=at)


def author_at(institution_id: int, *, user_id: int | None = None) -> Author:
    """HR of the institution."""
    return Author(user_id, "hr", institution_id, "Carla Muñoz (Gestión de Personas)")


def make_claim(person: Person, *, at: datetime, course: str = "curso", **more: Any) -> Claim:
    """Ten hours in March 2026, with a paper."""
    fields: dict[str, Any] = {
        "completed_on": date(2026, 3, 16),
        "minutes": 600,
        "source": "Escuela de Gobierno, certificado 123",
        "file": more.pop("file", None) or make_paper(at=at),
        **more,
    }
    return Claim(person_id=person.pk, course_id=Course.objects.get(code=course).pk, **fields)


def attest(person: Person, *, at: datetime, institution_id: int | None = None, **more: Any) -> Completion:
    """A completion attested by HR of the person's institution."""
    place = institution_id or person.postings.order_by("pk")[0].institution_id
    return attest_completion(
        claim=make_claim(person, at=at, **more), author=author_at(place), platform=current_platform(), at=at
    )


def ask(
    person: Person,
    *,
    at: datetime,
    subject: str = "missing",
    key: str = "",
    text: str = "Falta un curso mío.",
) -> RecordQuestion:
    """A question to the institution of the person's first posting."""
    place = person.postings.order_by("pk")[0].institution_id
    question, _is_new = ask_question(
        person=person, institution_id=place, subject=subject, key=key, title="Un curso", text=text, at=at
    )
    return question


def grade_again(enrolment: Enrolment, *, at: datetime, key: str = "p1", passed: bool = True) -> RegradeLine:
    """A mended key raised the result of the enrolment's assessment from two points to three."""
    attempt, _is_new = AssessmentAttempt.objects.get_or_create(
        enrolment=enrolment, unit_key="evaluacion-final", number=1,
        defaults={
            "release": enrolment.release, "state": "submitted", "drawn": [], "started_at": at,
            "submitted_at": at, "correct": 3, "total": 3, "passed": passed,
        },
    )  # fmt: skip
    regrade, _is_new = Regrade.objects.get_or_create(
        course=enrolment.course, release=enrolment.release, unit_key=attempt.unit_key, question_key=key,
        method=Regrade.Method.KEY, defaults={"reason": "La clave era otra.", "made_at": at},
    )  # fmt: skip
    return RegradeLine.objects.create(
        regrade=regrade, attempt=attempt, score_before=0, score_after=1, points_before=2, points_after=3,
        passed_before=passed, passed_after=passed, is_applied=True,
    )  # fmt: skip
