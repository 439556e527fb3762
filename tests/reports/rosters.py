"""Rosters as HR of a persona's institution loads them on the screens."""

import io
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.people.models import Institution, Posting, RosterImport
from tests.factories.people import run_of
from tests.people.rosters import line, read_roster
from tests.personas import Personas

LIST = "/cumplimiento/nomina/"
AT = datetime.fromisoformat("2026-11-20T12:00:00-03:00")


def staff(personas: Personas) -> list[list[object]]:
    """The rows of those who are in Carla's institution already."""
    postings = Posting.objects.filter(institution=personas.institution).select_related("person")
    return [
        line(
            run=run_of(person=posting.person),
            nombres=posting.person.given_names,
            apellidos=posting.person.family_names,
            correo=posting.person.email,
            unidad="PER",
        )
        for posting in postings
    ]


def upload(
    client: Client, institution: Institution, file: io.BytesIO, name: str = "nomina.csv"
) -> HttpResponse:
    return client.post(
        LIST,
        {
            "institution": institution.pk,
            "roster_date": "2026-11-01",
            "file": SimpleUploadedFile(name, file.getvalue()),
        },
        follow=True,
    )


def preview(personas: Personas, lines: list[list[object]], where: Institution | None = None) -> RosterImport:
    return read_roster(where or personas.institution, lines, at=AT, by=personas.carla)


def path(name: str, roster: RosterImport) -> str:
    return reverse(f"reports:{name}", args=[roster.public_id])
