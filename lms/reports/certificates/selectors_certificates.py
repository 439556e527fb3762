"""Which certificates a viewer may look up, revoke and reissue."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from certificates.models import Certificate
from certificates.presentation import Notice, notice_of
from certificates.rules import clean_name
from certificates.selectors import card_of
from lms.lib.clock import local_date
from lms.people.models import Person, Role
from lms.people.policy import (
    Action,
    Grant,
    NotAllowedError,
    Viewer,
    grants_for,
    reach_of,
)
from lms.progress.models import Completion, LearningContext
from lms.reports.people.selectors_people import Span, is_within, list_postings, spans_of


@dataclass(frozen=True)
class ManagedCertificate:
    """A certificate in the hands of who may revoke it. ``person`` is None once it was erased.

    ``institution_id`` is where the person worked, or None for an administrator of the platform.
    """

    certificate: Certificate
    person: Person | None
    grant: Grant
    institution_id: int | None

    @property
    def can_revoke(self) -> bool:
        return not self.certificate.is_revoked and self.certificate.erased_at is None

    @property
    def can_reissue(self) -> bool:
        return self.can_revoke and self.person is not None

    @property
    def name_differs(self) -> bool:
        """True when the record has another name, or another masked RUN, than the certificate."""
        if self.person is None:
            return False
        printed = (self.certificate.recipient_name, self.certificate.run_masked)
        return printed != (clean_name(self.person.full_name), self.person.run_masked)


def get_managed_certificate(*, viewer: Viewer, certificate_id: UUID) -> ManagedCertificate:
    """The certificate, if it is the viewer's to manage.

    HR: certificates that their people earned at work, within the dates of a posting in the
    institution; never what a person learned on its own. An administrator of the platform: all.
    At most six queries.

    Raises:
        NotAllowedError: it is not, or there is none.
    """
    certificate = Certificate.objects.filter(pk=certificate_id).first()
    if certificate is None or not grants_for(viewer=viewer, action=Action.REVOKE_CERTIFICATE):
        raise NotAllowedError(Action.REVOKE_CERTIFICATE)
    person = _find_holder(certificate)
    for grant in viewer.grants:
        if grant.role == Role.ADMINISTRATOR and grant.institution_id is None:
            return ManagedCertificate(certificate, person, grant, None)
    if person is None:
        raise NotAllowedError(Action.REVOKE_CERTIFICATE)
    reach = reach_of(viewer=viewer, action=Action.REVOKE_CERTIFICATE)
    postings = list_postings(person_id=person.pk, reach=reach)
    if not postings or not _was_earned_within(certificate, spans_of(postings=postings)):
        raise NotAllowedError(Action.REVOKE_CERTIFICATE)
    institution_id, unit_id = postings[0].institution_id, postings[0].unit_id
    grants = grants_for(viewer=viewer, action=Action.REVOKE_CERTIFICATE)
    grant = next(grant for grant in grants if grant.covers(institution_id, unit_id))
    return ManagedCertificate(certificate, person, grant, institution_id)


def notice_of_managed(*, managed: ManagedCertificate, on: date) -> Notice:
    """The certificate's status on a date, as a tag. No query."""
    if managed.certificate.erased_at is not None:
        return Notice("none", "circle-dashed", _("Retirado"))
    return notice_of(card=card_of(certificate=managed.certificate, on=on))


def find_replacement(*, certificate: Certificate) -> Certificate | None:
    """The certificate that replaced this one. One query."""
    found: Certificate | None = Certificate.objects.filter(supersedes=certificate).first()
    return found


def _find_holder(certificate: Certificate) -> Person | None:
    try:
        public_id = UUID(certificate.holder_key)
    except ValueError:
        return None
    known = Q(public_id=public_id) | Q(merged_from__public_id=public_id)
    return Person.objects.present().filter(known).first()


def _was_earned_within(certificate: Certificate, spans: list[Span]) -> bool:
    """Whether its course was begun and completed at work on days of these spans."""
    first = certificate
    while first.supersedes is not None:
        first = first.supersedes
    completion = (
        Completion.objects.filter(public_id=first.fact_key, context=LearningContext.EMPLOYEE)
        .select_related("enrolment")
        .first()
    )
    return completion is not None and all(
        is_within(day=day, spans=spans)
        for day in (local_date(completion.enrolment.started_at), completion.completed_on)
    )
