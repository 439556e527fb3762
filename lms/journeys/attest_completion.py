"""HR attests that a person completed a course elsewhere.

It counts with assurance D, under an enrolment of its own. No certificate of ours: nothing was
measured here, and whoever taught it has certified it; a paper with our seal would say otherwise.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from tincan import Statement

from lms.journeys.speaking import speaker_for
from lms.progress import statements as say
from lms.progress.authorship import Author
from lms.progress.models import Completion
from lms.progress.services.assigned import follow_people
from lms.progress.services.attested import Claim, record_attested
from lms.progress.services.questions import answer_question
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements

SOURCE = "importado"


@dataclass(frozen=True)
class Answering:
    """The question of the person that this settles, and the words of the answer."""

    question_id: int
    text: str


@transaction.atomic
def attest_completion(
    *, claim: Claim, author: Author, platform: Platform, at: datetime, answering: Answering | None = None
) -> Completion:
    """Record and state it, and draw anew what the person is asked.

    Raises:
        lms.progress.services.attested.AttestError: see there.
        lms.progress.services.questions.NotOpenError: the question was answered meanwhile.
    """
    completion = record_attested(claim=claim, author=author, at=at)
    store_statements(
        statements=attested_statements(completion=completion, platform=platform), platform=platform
    )
    follow_people(person_ids=[claim.person_id], at=at)
    if answering:
        answer_question(
            question_id=answering.question_id,
            text=answering.text,
            author=author,
            at=at,
            evidence=completion.evidence,
        )
    return completion


def attested_statements(*, completion: Completion, platform: Platform) -> list[Statement]:
    """«inició» and «completó», as any completion has them, with on what this one rests.

    ``acreditado-por`` is a role: who has it is in no statement. Two queries, four for a person
    who never had a pseudonym.
    """
    evidence, enrolment = completion.evidence, completion.enrolment
    speaker = speaker_for(
        enrolment=enrolment,
        person=completion.person,
        outline=completion.release.outline,
        platform=platform,
    )
    also = {
        "fuente": SOURCE,
        "acreditado-por": evidence.role,
        "evidencia-sha256": evidence.file.sha256,
    }
    if evidence.replaces_id:
        also["reemplaza"] = str(evidence.replaces_id)
    posting = enrolment.posting
    return [
        say.enrolled(
            speaker=speaker, posting_public_id=str(posting.public_id) if posting else "", source=SOURCE
        ),
        say.course_completed(speaker=speaker, completion=completion, also=also),
    ]
