"""A certificate with everything on it, and how to vary it."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from certificates.models import Certificate
from certificates.pdf import CertificateSheet
from certificates.rules import CertificateFacts
from certificates.services import issue_certificate

ISSUED_AT = datetime(2026, 5, 12, 16, 42, tzinfo=UTC)
ISSUED_ON, VALID_UNTIL = date(2026, 5, 12), date(2028, 5, 12)
DURING, AFTER = date(2027, 1, 1), date(2028, 5, 13)
NAME = "Begoña Ñúñez Riquelme"
HOLDER = "holder-1"
FACTS = CertificateFacts(
    course_title="Integridad en la función pública: fundamentos",
    course_code="integridad-publica",
    release_label="2",
    minutes=360,
    issuer="Aula Abierta",
    result_percent=80,
    competences=("juicio ético", "gestión de conflictos de interés", "uso de canales de denuncia"),
    institution_name="Servicio de Registros Territoriales",
    commitment_number=1,
    signatory_name="Rosa Paillalef Quidel",
    signatory_role="Coordinadora de integridad",
)
SHEET = CertificateSheet(
    code="7K2M90QX3F4T8WZP",
    verification_url="http://testserver/verificar/7K2M-90QX-3F4T-8WZP/",
    recipient_name=NAME,
    run_masked="15.•••.•17-K",
    facts=FACTS,
    issued_on=ISSUED_ON,
    issued_at=ISSUED_AT,
    valid_until=VALID_UNTIL,
)


def facts(**changes: Any) -> CertificateFacts:
    return replace(FACTS, **changes)


def sheet(**changes: Any) -> CertificateSheet:
    return replace(SHEET, **changes)


def issue(**changes: Any) -> Certificate:
    """A certificate of Begoña, valid from 12 May 2026 to 12 May 2028."""
    values: dict[str, Any] = {
        "fact_key": uuid.uuid4(),
        "holder_key": HOLDER,
        "recipient_name": NAME,
        "run_masked": "15.•••.•17-K",
        "facts": FACTS,
        "issued_at": ISSUED_AT,
        "issued_on": ISSUED_ON,
        "valid_until": VALID_UNTIL,
        **changes,
    }
    return issue_certificate(**values)
