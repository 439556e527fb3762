"""What the tests of verification share."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client

from certificates.models import Certificate
from certificates.rules import check_symbol, format_code

UNKNOWN = "7K2M90QX3F4T8WZ"
UNKNOWN = format_code(UNKNOWN + check_symbol(UNKNOWN))
IN_2027 = datetime(2027, 1, 1, 15, 0, 30, tzinfo=UTC)
IN_2029 = datetime(2029, 1, 1, 15, 0, tzinfo=UTC)


def url_of(certificate: Certificate) -> str:
    return f"/verificar/{certificate.formatted_code}/"


def json_of(client: Client, certificate: Certificate) -> dict[str, Any]:
    response = client.get(f"/verificar/{certificate.formatted_code}.json")
    answer: dict[str, Any] = response.json()
    return answer


def page_of(response: HttpResponse) -> str:
    return response.content.decode()
