"""What people say of the plan of the platform in use, made by one function."""

from datetime import datetime

from lms.participation.services.following import ask_to_follow
from lms.people.keys import secret_keys
from lms.plan.models import ActionPlan
from tests.factories.participation import comment, consult, contribute, meet, reply
from tests.factories.people import UserFactory
from tests.personas import Personas


def participate(personas: Personas, at: datetime) -> None:
    """Ana's comment was answered, somebody else's was not; a consultation, a meeting, a follower."""
    plan = ActionPlan.objects.get(code="plan-chile-4")
    commitment = plan.commitments.get(number=1)
    reply(comment(commitment, personas.ana, at=at), at=at)
    stranger = UserFactory(first_name="Zacarías", last_name="Ñancupil")
    comment(commitment, stranger, at=at, shows_name=True)
    contribute(consult(plan, at=at), stranger, at=at, section=1)
    meet(plan, on=at.date(), at=at)
    ask_to_follow(
        commitment_id=commitment.pk, address="vecina@correo.example", language="", keys=secret_keys(), at=at
    )
