"""A list of courses completed elsewhere: preview, all or nothing, twice is once."""

import io
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from courses.models import CoursePage
from lms.journeys.replay_progress import check
from lms.lib.run import compact_run, fingerprint_run
from lms.people.models import AccessLogEntry, Person
from lms.progress.models import Completion, CompletionBatch, CompletionEvidence
from lms.progress.services.batches import discard_forgotten
from lms.progress.services.evidence import purge_unused_evidence
from lms.xapi.platform import current_platform
from tests.factories.learning import make_course
from tests.factories.records import PDF, attest
from tests.personas import Personas, client_for

pytestmark = pytest.mark.usefixtures("fixed_clock")
PAGE = "/cumplimiento/acreditaciones/"
HEADER = "RUN;Correo;Curso;Fecha;Minutos;Resultado"
GOOD = [
    "12.345.678-5;;curso;16-03-2026;90;85",
    ";bruno@servicio.example;CURSO;2026-03-17;120 min;",
]


@pytest.fixture
def course(db: None, at: datetime) -> CoursePage:
    return make_course(at=at)


@pytest.fixture
def carla(personas: Personas, course: CoursePage) -> Client:
    mark = fingerprint_run(compact_run("12.345.678-5"), settings.RUN_KEY)
    Person.objects.filter(pk=personas.ana.person.pk).update(run_fingerprint=mark)
    return client_for(personas.carla)


def send(client: Client, *lines: str, header: str = HEADER, content: bytes | None = None, **fields: object):  # type: ignore[no-untyped-def]
    content = "\n".join([header, *lines]).encode() if content is None else content
    data: dict[str, object] = {
        "institution": "",
        "file": SimpleUploadedFile("lista.csv", content),
        "source": "Escuela de Gobierno",
        "paper": SimpleUploadedFile("acta.pdf", PDF),
        **fields,
    }
    if not data["institution"]:
        data["institution"] = client.get(PAGE).context["form"].fields["institution"].initial
    return client.post(PAGE, {name: value for name, value in data.items() if value is not None})


def test_a_list_is_shown_first_and_then_registered_whole(carla: Client, personas: Personas) -> None:
    response = send(carla, *GOOD)
    batch = CompletionBatch.objects.get()
    assert response["Location"] == reverse("reports:batch", args=[batch.public_id])
    page = carla.get(response["Location"]).content.decode()
    assert "Rojas, Ana" in page and "Soto, Bruno" in page and not Completion.objects.exists()
    carla.post(reverse("reports:batch_apply", args=[batch.public_id]))
    assert set(Completion.objects.values_list("person_id", "completed_on", "minutes", "percent")) == {
        (personas.ana.person.pk, date(2026, 3, 16), 90, 85),
        (personas.bruno.person.pk, date(2026, 3, 17), 120, None),
    }
    assert CompletionEvidence.objects.filter(batch=batch).count() == 2
    batch.refresh_from_db()
    assert (batch.status, batch.rows) == ("applied", [])
    assert check(platform=current_platform()) == []
    looks = AccessLogEntry.objects.filter(detail="completion_attested").values_list("subject_id", flat=True)
    assert set(looks) == {personas.ana.person.pk, personas.bruno.person.pk}


def test_a_second_post_registers_nothing_more(carla: Client) -> None:
    send(carla, *GOOD)
    url = reverse("reports:batch_apply", args=[CompletionBatch.objects.get().public_id])
    for _time in range(2):
        assert carla.post(url).status_code == 302
    assert Completion.objects.count() == 2


def test_the_same_file_twice_changes_nothing(carla: Client) -> None:
    for _time in range(2):
        batch_url = send(carla, *GOOD)["Location"]
        carla.post(batch_url + "registrar/")
    assert Completion.objects.count() == 2
    batch = CompletionBatch.objects.order_by("-pk")[0]
    assert (batch.new, batch.known) == (0, 2)
    assert "ya estaba registrado" in carla.get(batch_url).content.decode()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("12.345.678-9;;curso;16-03-2026;90;", "dígito verificador"),
        ("abc;;curso;16-03-2026;90;", "forma de un RUN"),
        (";no-es-correo;curso;16-03-2026;90;", "No es un correo"),
        (";;curso;16-03-2026;90;", "Falta el dato"),
        ("11.111.111-1;;curso;16-03-2026;90;", "No hay nadie de tu institución"),
        (";elena@servicio.example;curso;16-03-2026;90;", "No hay nadie de tu institución"),
        (";carla@servicio.example;curso;16-03-2026;90;", "Es un curso tuyo"),
        ("12.345.678-5;;otro;16-03-2026;90;", "No hay un curso con ese código"),
        ("12.345.678-5;;;16-03-2026;90;", "Falta el dato"),
        ("12.345.678-5;;curso;31-02-2026;90;", "No se entiende la fecha"),
        ("12.345.678-5;;curso;;90;", "Falta el dato"),
        ("12.345.678-5;;curso;21-11-2026;90;", "aún no llega"),
        ("12.345.678-5;;curso;16-03-1999;90;", "no trabajaba en tu institución"),
        ("12.345.678-5;;curso;16-03-2026;mucho;", "Escribe los minutos"),
        ("12.345.678-5;;curso;16-03-2026;0;", "Escribe los minutos"),
        ("12.345.678-5;;curso;16-03-2026;90;6,5", "Escribe un número de 0 a 100"),
        ("12.345.678-5;;curso;16-03-2026;90;101", "Escribe un número de 0 a 100"),
        ("12.345.678-5;;=1+1;16-03-2026;90;", "Hay una fórmula"),
        (GOOD[0], "Está igual en la fila 2"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_can_be_registered(carla: Client, line: str, words: str) -> None:
    url = send(carla, GOOD[0], line)["Location"]
    page = carla.get(url).content.decode()
    assert words in page and "o entra toda, o nada" in page
    carla.post(url + "registrar/")
    assert not Completion.objects.exists()


def test_what_is_wrong_is_not_repeated(carla: Client) -> None:
    page = carla.get(send(carla, "9.999.999-1;;curso;16-03-2026;90;")["Location"]).content.decode()
    assert "9.999.999" not in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vacío"),
        (b"hola\n", "No encontramos estas columnas"),
        (HEADER.encode(), "ninguna fila"),
        (b"Curso;Fecha;Minutos\ncurso;16-03-2026;90\n", "No encontramos estas columnas: RUN"),
        (PDF, "No se puede leer el archivo"),
        (b"PK\x03\x04" + b"\0" * 100, "No se puede leer el archivo"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "Excel antiguo"),
        (("\n".join([HEADER, *[GOOD[0]] * 1001])).encode(), "más de 1.000 filas"),
        (b"x" * (2 * 1024 * 1024 + 1), "más de 2 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(carla: Client, content: bytes, words: str) -> None:
    response = send(carla, content=content)
    assert response.status_code == 400 and words in response.content.decode()
    assert not CompletionBatch.objects.exists()


def test_the_paper_is_kept_while_the_list_is_corrected(carla: Client) -> None:
    assert "Archivo recibido" in send(carla, content=b"hola\n").content.decode()


@pytest.mark.parametrize("fields", [{"paper": None}, {"source": ""}, {"file": None}, {"institution": "999"}])
def test_a_missing_field_is_named(carla: Client, fields: dict[str, object]) -> None:
    assert send(carla, *GOOD, **fields).status_code == 400


def test_a_workbook_serves_as_well(carla: Client) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(HEADER.split(";"))
    sheet.append([None, "bruno@servicio.example", "curso", datetime(2026, 3, 17), 120, 90])
    file = io.BytesIO()
    book.save(file)
    send(carla, content=file.getvalue())
    batch = CompletionBatch.objects.get()
    assert (batch.new, batch.wrong) == (1, 0)


def test_what_changed_since_the_preview_stops_all_of_it(
    carla: Client, personas: Personas, at: datetime
) -> None:
    url = send(carla, *GOOD)["Location"]
    attest(personas.bruno.person, at=at, completed_on=date(2026, 3, 17))
    page = carla.post(url + "registrar/", follow=True).content.decode()
    assert "cambiaron desde que cargaste" in page
    assert Completion.objects.count() == 1 and CompletionBatch.objects.get().is_preview


def test_a_discarded_list_leaves_nothing(carla: Client, at: datetime) -> None:
    url = send(carla, *GOOD)["Location"]
    carla.post(url + "descartar/")
    carla.post(url + "registrar/")
    batch = CompletionBatch.objects.get()
    assert (batch.status, batch.rows, batch.file) == ("discarded", [], None)
    assert not Completion.objects.exists()


def test_a_forgotten_list_and_its_paper_go(carla: Client, at: datetime) -> None:
    send(carla, *GOOD)
    later = at + timedelta(days=8)
    assert discard_forgotten(at=later) == 1
    assert purge_unused_evidence(at=later) == 1


def test_elena_finds_nothing_of_it(carla: Client, personas: Personas) -> None:
    url = send(carla, *GOOD)["Location"]
    elena = client_for(personas.elena)
    assert elena.get(url).status_code == 404
    for step in ("registrar/", "descartar/"):
        assert elena.post(url + step).status_code == 404
    assert "Escuela de Gobierno" not in elena.get(PAGE).content.decode()
    assert elena.get(reverse("reports:batch", args=[uuid4()])).status_code == 404


def test_the_paper_of_a_list_is_not_given_to_one_of_its_people(carla: Client, personas: Personas) -> None:
    carla.post(send(carla, *GOOD)["Location"] + "registrar/")
    mine = Completion.objects.get(person=personas.ana.person)
    ana = client_for(personas.ana)
    assert ana.get(reverse("classroom:evidence", args=[mine.public_id])).status_code == 404
    assert "Descargar la evidencia" not in ana.get("/aula/mi-registro/").content.decode()
    assert carla.get(reverse("reports:record_evidence", args=[mine.public_id])).status_code == 200


def test_the_template_can_be_loaded_again(carla: Client) -> None:
    content = b"".join(carla.get(reverse("reports:batch_template")).streaming_content)  # type: ignore[attr-defined]
    send(carla, content=content)
    assert CompletionBatch.objects.get().wrong == 1  # the example names no course of ours
