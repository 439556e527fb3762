"""Two windows at the same moment: one account, one use of the letter."""

from datetime import datetime

import pytest
from allauth.socialaccount.models import SocialAccount

from lms.people.models import Invitation, Person, User
from lms.people.policy import Reach
from lms.people.services.acceptances import accept_with_password
from lms.people.services.identities import InvitationClosedError
from lms.people.services.invitations import invite_people
from lms.people.services.sign_ins import sign_in
from tests.accounts.identities import make_identity
from tests.factories.people import PersonFactory, PostingFactory
from tests.xapi.threads import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)

RUN = "44444444-4"


def test_two_first_sign_ins_make_one_account(at: datetime) -> None:
    def come() -> None:
        sign_in(identity=make_identity(RUN), at=at)

    assert run_at_once(come, come) == []
    assert User.objects.count() == Person.objects.count() == SocialAccount.objects.count() == 1


def test_two_sign_ins_of_a_loaded_person_make_one_account(at: datetime) -> None:
    PersonFactory(run=RUN)

    def come() -> None:
        sign_in(identity=make_identity(RUN), at=at)

    assert run_at_once(come, come) == []
    assert User.objects.count() == Person.objects.count() == SocialAccount.objects.count() == 1


def test_two_acceptances_use_the_letter_once(at: datetime) -> None:
    job = PostingFactory()
    invite_people(
        public_ids=[job.person.public_id],
        institution_id=job.institution_id,
        reach=Reach(everywhere=True),
        created_by_id=None,
        at=at,
    )
    letter = Invitation.objects.get()

    def accept() -> None:
        accept_with_password(invitation_id=letter.pk, password="caballo-bateria-grapa", at=at)

    failures = run_at_once(accept, accept)
    assert [type(failure) for failure in failures] == [InvitationClosedError]
    assert User.objects.count() == 1


def test_two_invitations_leave_one_open_letter(at: datetime) -> None:
    job = PostingFactory()

    def invite() -> None:
        invite_people(
            public_ids=[job.person.public_id],
            institution_id=job.institution_id,
            reach=Reach(everywhere=True),
            created_by_id=None,
            at=at,
        )

    assert run_at_once(invite, invite) == []
    assert Invitation.objects.open_at(at).count() == 1
