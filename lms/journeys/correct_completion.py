"""HR takes a wrong completion back and, where something true replaces it, attests that."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from tincan import Statement

from certificates.models import Certificate
from certificates.services import revoke_certificate
from lms.journeys.attest_completion import Answering, attested_statements
from lms.progress.authorship import Author
from lms.progress.models import Completion, CompletionVoid, VoidReason
from lms.progress.services.assigned import follow_people
from lms.progress.services.attested import Claim, record_attested
from lms.progress.services.corrections import void_completion
from lms.progress.services.questions import answer_question
from lms.progress.statements import completion_voided
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements

NOTE = "Se anuló el curso completado que certificaba."


@dataclass(frozen=True)
class Correction:
    """What was done: the void, what stands in its place, the certificate that was revoked."""

    void: CompletionVoid
    replacement: Completion | None = None
    revoked: Certificate | None = None


@transaction.atomic
def correct_completion(
    *,
    completion: Completion,
    reason: str,
    note: str,
    author: Author,
    platform: Platform,
    at: datetime,
    replacement: Claim | None = None,
    answering: Answering | None = None,
) -> Correction:
    """Void it, revoke its certificate, attest the replacement, state it all, draw the person anew.

    The statement of the void says the kind of reason; ``note`` stays in our tables.

    Raises:
        lms.progress.services.corrections.AlreadyVoidedError: twice changes nothing.
        lms.progress.services.attested.AttestError: the replacement cannot be attested.
        lms.progress.services.questions.NotOpenError: the question was answered meanwhile.
    """
    void = void_completion(completion_id=completion.pk, reason=reason, note=note, author=author, at=at)
    said: list[Statement] = [
        completion_voided(completion=completion, reason=reason, at=at, platform=platform)
    ]
    revoked = _revoke(completion, reason, author, at)
    people, new = [completion.person_id], None
    if replacement:
        new = record_attested(claim=replacement, author=author, at=at, replaces=completion)
        said += attested_statements(completion=new, platform=platform)
        people.append(new.person_id)
    store_statements(statements=said, platform=platform)
    follow_people(person_ids=sorted(set(people)), at=at)
    if answering:
        answer_question(
            question_id=answering.question_id,
            text=answering.text,
            author=author,
            at=at,
            void=void,
            evidence=new.evidence if new else None,
        )
    return Correction(void, new, revoked)


def find_certificate_in_force(*, completion: Completion) -> Certificate | None:
    """What still stands of the completion's certificate and its replacements. Two queries or a few more."""
    found: Certificate | None = Certificate.objects.filter(fact_key=completion.public_id).first()
    while found is not None and (later := Certificate.objects.filter(supersedes=found).first()):
        found = later
    is_gone = found is None or found.is_revoked or found.erased_at is not None
    return None if is_gone else found


def _revoke(completion: Completion, reason: str, author: Author, at: datetime) -> Certificate | None:
    found = find_certificate_in_force(completion=completion)
    if found is None:
        return None
    reasons = Certificate.RevokedReason
    return revoke_certificate(
        certificate=found,
        reason=reasons.FRAUD if reason == VoidReason.FRAUD else reasons.ERROR,
        note=NOTE,
        at=at,
        actor_label=author.label,
    )
