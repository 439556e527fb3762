"""The statement of an acknowledged code of ethics."""

from tincan import Agent, Statement

from lms.integrity.models import Acknowledgement, EthicsCode
from lms.xapi.platform import Platform
from lms.xapi.statements import activity, build_statement, statement_id, verb
from lms.xapi.vocabulary import ACKNOWLEDGED, DOCUMENT, own_extension


def code_iri(*, platform: Platform, code: EthicsCode) -> str:
    return f"{platform.base_iri}/id/codigo-de-etica/{code.public_id}"


def acknowledged(
    *, acknowledgement: Acknowledgement, code: EthicsCode, actor: Agent, platform: Platform
) -> Statement:
    """«declaró conocer» the version of the code. One per person and version."""
    return build_statement(
        id=statement_id("acknowledged", acknowledgement.public_id, platform=platform),
        actor=actor,
        verb=verb(ACKNOWLEDGED),
        object=activity(iri=code_iri(platform=platform, code=code), kind=DOCUMENT, name=code.title),
        at=acknowledgement.acknowledged_at,
        extensions={own_extension(platform.base_iri, "declaracion-id"): str(acknowledgement.public_id)},
    )
