"""A person declares to know the code of ethics of the own institution."""

from datetime import datetime

from django.db import transaction

from lms.integrity.models import Acknowledgement, EthicsCode
from lms.integrity.services.acknowledgements import record_acknowledgement
from lms.integrity.statements import acknowledged
from lms.people.models import Person, Pseudonym
from lms.people.services.pseudonyms import ensure_pseudonym
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements
from lms.xapi.statements import account


@transaction.atomic
def acknowledge_code(
    *, person: Person, code: EthicsCode, platform: Platform, at: datetime
) -> tuple[Acknowledgement, bool]:
    """``(acknowledgement, is_new)``, stated once per version of the code, as an employee."""
    acknowledgement, is_new = record_acknowledgement(person=person, code=code, at=at)
    if is_new:
        context = Pseudonym.Context.EMPLOYEE
        name = ensure_pseudonym(person=person, context=context, key=platform.pseudonym_key)
        actor = account(platform=platform, context=context, name=name)
        store_statements(
            statements=[
                acknowledged(acknowledgement=acknowledgement, code=code, actor=actor, platform=platform)
            ],
            platform=platform,
        )
    return acknowledgement, is_new
