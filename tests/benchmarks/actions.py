"""What is measured."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from io import StringIO

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from lms.plan.models import CoverageSnapshot
from tests.benchmarks.cases import Figure
from tests.benchmarks.stage import Stage, set_stage
from tests.benchmarks.stopwatch import measure

Named = tuple[str, Callable[[], object]]


def run_actions(*, at: datetime) -> tuple[Stage, list[Figure]]:
    """Everything but the creation of people, in an order in which nothing spoils what follows."""
    stage = set_stage(at=at)
    figures = [
        measure(name="refresh_coverage (cuenta de nuevo)", action=_count_anew, warm=False),
        measure(name="refresh_coverage (sin cambios)", action=partial(_command, "refresh_coverage")),
        *(measure(name=name, action=action) for name, action in _pages(stage)),
        measure(name="Terminar una unidad", action=stage.next_finish),
        measure(name="check_progress", action=partial(_command, "check_progress"), warm=False),
    ]
    return stage, figures


def _pages(stage: Stage) -> Iterator[Named]:
    page = reverse("reports:by_course")
    people = reverse("reports:course_csv")
    there = {"institucion": stage.institution.code}
    yield "Lección", partial(_get, stage.learner, stage.lesson)
    yield "Mi aprendizaje (/aula/)", partial(_get, stage.learner, reverse("classroom:home"))
    yield "Cumplimiento, página 1", partial(_get, stage.hr, page)
    yield "Cumplimiento, sin iniciar", partial(_get, stage.hr, page, estado="not_started")
    yield "Cumplimiento, por nombre", partial(_get, stage.hr, page, q="Camila Soto")
    yield "Cumplimiento, auditoría", partial(_get, stage.auditor, page, **there)
    yield "CSV de personas, primera fila", partial(_first_row, stage.hr, people)
    yield "CSV de personas, completo", partial(_get, stage.hr, people)
    visitor = Client()
    yield "Plan", partial(_get, visitor, reverse("plan:home"))
    yield "Compromiso", partial(_get, visitor, reverse("plan:current_commitment", args=[1]))
    yield (
        "cobertura.csv",
        partial(_get, visitor, reverse("publishing:current_file", args=["cobertura", "csv"])),
    )


def _get(client: Client, address: str, **query: str) -> None:
    """Asks for the page and reads all of it."""
    response = client.get(address, query)
    assert response.status_code == 200, (address, response.status_code)
    if response.streaming:
        for _part in response.streaming_content:
            pass


def _first_row(client: Client, address: str) -> None:
    """Byte order mark, heading and the first person."""
    parts = iter(client.get(address).streaming_content)
    for _part in range(3):
        next(parts)


def _count_anew() -> None:
    CoverageSnapshot.objects.update(mark="")
    _command("refresh_coverage")


def _command(name: str) -> None:
    call_command(name, stdout=StringIO())
