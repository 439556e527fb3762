"""Keepers upload data: check, preview, confirm; all or nothing."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from lms.indicators.models import Indicator, IndicatorRevision, Observation, PendingUpload
from lms.indicators.services import confirm_upload, edit_indicator, lock_period
from lms.indicators.services.uploads import renew_base
from lms.lib.table_files import LARGEST_FILE
from tests.factories.indicators import BEGINNING, csv_of, release
from tests.indicators.conftest import LINES
from tests.personas import Personas, client_for

pytestmark = pytest.mark.usefixtures("fixed_clock")
DESK = "/plan/gestion/plan/indicadores/cumplen/"
UPLOAD = f"{DESK}cargar/"
ONE = "/plan/plan/indicadores/cumplen/"
Send = Callable[..., HttpResponse]


@pytest.fixture
def send(pedro: Client, indicator: Indicator) -> Send:
    """Uploads a file and follows to its preview."""

    def upload(
        *lines: str, content: bytes | None = None, name: str = "datos.csv", note: str = "Datos"
    ) -> Any:
        file = SimpleUploadedFile(name, csv_of(*lines) if content is None else content)
        return pedro.post(UPLOAD, {"file": file, "note": note}, follow=True)

    return upload


def confirm(pedro: Client, **data: str) -> Any:
    return pedro.post(f"{UPLOAD}{PendingUpload.objects.get().pk}/", data, follow=True)


# --- The way of a file ---------------------------------------------------------------------------
def test_nothing_is_written_before_the_keeper_confirms(send: Send) -> None:
    page = send("2025,,,40,64,,").content.decode()
    assert "El archivo se puede publicar" in page
    assert "Son los primeros datos verdaderos" in page
    assert not IndicatorRevision.objects.exists()


def test_confirmed_file_is_a_release_and_public(
    send: Send, pedro: Client, client: Client, personas: Personas
) -> None:
    send("2025,,,40,64,,", "2025,Sur,,40,64,,", note="Informe de 2025")
    assert "La revisión 1 quedó publicada" in confirm(pedro).content.decode()
    revision = IndicatorRevision.objects.get()
    assert (revision.row_count, revision.note, revision.uploaded_by) == (2, "Informe de 2025", personas.pedro)
    assert len(revision.sha256) == 64
    assert not PendingUpload.objects.exists()
    assert "40 ÷ 64 × 100 = 62,5" in client.get(ONE).content.decode()


def test_file_may_be_kept_back(send: Send, pedro: Client, client: Client) -> None:
    send("2025,,,40,64,,")
    confirm(pedro, publicar="no")
    assert IndicatorRevision.objects.get().published_at is None
    assert client.get(f"{ONE}revisiones/1/").status_code == 404
    assert pedro.get(f"{ONE}revisiones/1/").status_code == 200
    pedro.post(f"{DESK}revisiones/1/publicar/")
    assert client.get(f"{ONE}revisiones/1/").status_code == 200


def test_discarded_file_leaves_nothing(send: Send, pedro: Client) -> None:
    send("2025,,,40,64,,")
    pedro.post(f"{UPLOAD}{PendingUpload.objects.get().pk}/descartar/")
    assert not PendingUpload.objects.exists() and not IndicatorRevision.objects.exists()


@pytest.mark.parametrize("publicar", ["si", "no"])
def test_second_confirmation_writes_nothing_and_says_so(send: Send, pedro: Client, publicar: str) -> None:
    send("2025,,,40,64,,")
    address = f"{UPLOAD}{PendingUpload.objects.get().pk}/"
    pedro.post(address, {"publicar": publicar})
    for again in (address, f"{address}descartar/"):
        assert "ya se confirmó" in pedro.post(again, follow=True).content.decode()
    assert IndicatorRevision.objects.count() == 1


def test_file_that_goes_while_it_is_confirmed_is_not_written_again(
    send: Send, indicator: Indicator, at: datetime
) -> None:
    send("2025,,,40,64,,")
    upload = PendingUpload.objects.get()
    decide = {"indicator_id": indicator.pk, "upload_id": upload.pk, "by_id": upload.uploaded_by_id, "at": at}
    confirm_upload(**decide, is_published=False)
    with pytest.raises(PendingUpload.DoesNotExist):
        confirm_upload(**decide, is_published=False)
    renew_base(upload=upload)
    assert IndicatorRevision.objects.count() == 1


def test_preview_says_what_is_added_changed_and_removed(send: Send, released: IndicatorRevision) -> None:
    answer = send("2023,,,1,64,,", "2025,,,41,64,,", "2025,Norte,,10,24,,", "2025,Sur,,30,40,,")
    lines = answer.context["lines"]
    assert [(one.period, one.after) for one in lines.added] == [("2023", "1,6\N{NO-BREAK SPACE}% (1 ÷ 64)")]
    assert [one.before[:4] for one in lines.changed] == ["62,5"]
    assert [one.period for one in lines.removed] == ["2024"]


def test_totals_that_differ_warn_and_do_not_stop(send: Send, pedro: Client) -> None:
    page = send("2025,,,40,64,,", "2025,Sur,,30,64,,").content.decode()
    assert "el numerador es 40, y la suma de sus partes (Región) es 30" in page
    confirm(pedro)
    assert IndicatorRevision.objects.count() == 1


def test_same_data_again_are_no_release(send: Send, pedro: Client, indicator: Indicator) -> None:
    release(indicator, "2025,,,40,64,,")
    assert "No hay nada que guardar" in send("2025,,,40,64,valor,").content.decode()
    assert confirm(pedro).status_code == 400
    assert IndicatorRevision.objects.count() == 1


def test_preview_is_shown_again_when_somebody_measured_otherwise_meanwhile(
    send: Send, pedro: Client, indicator: Indicator
) -> None:
    mark = send("2025,,,40,64,,").context["measured"]
    edit_indicator(indicator_id=indicator.pk, values={"factor": 1000}, changed_by_id=None, at=BEGINNING)
    answer = confirm(pedro, medida=mark)
    assert answer.status_code == 409
    assert not IndicatorRevision.objects.exists()


def test_preview_is_shown_again_when_somebody_published_meanwhile(
    send: Send, pedro: Client, indicator: Indicator
) -> None:
    send("2025,,,40,64,,")
    release(indicator, "2025,,,39,64,,")
    answer = confirm(pedro)
    assert answer.status_code == 409
    assert "cambiaron los datos o la definición" in answer.content.decode()
    assert [one.before[:4] for one in answer.context["lines"].changed] == ["60,9"]
    assert confirm(pedro).status_code == 200
    assert IndicatorRevision.objects.count() == 2


def test_preview_says_when_the_columns_are_others_by_now(
    send: Send, pedro: Client, indicator: Indicator
) -> None:
    send("2025,,,40,64,,")
    Indicator.objects.update(dimensions=[])
    assert "ya no se puede leer" in confirm(pedro).content.decode()
    assert not IndicatorRevision.objects.exists()


def test_new_file_of_the_same_keeper_replaces_the_one_left_open(send: Send) -> None:
    send("2025,,,40,64,,")
    send("2025,,,41,64,,")
    assert PendingUpload.objects.count() == 1


def test_file_that_nobody_confirms_is_forgotten_after_days(
    send: Send, at: datetime, personas: Personas, indicator: Indicator
) -> None:
    PendingUpload.objects.create(
        indicator=indicator, uploaded_by=personas.ana, uploaded_at=at.replace(day=1), file_name="x", content=b"", note=""
    )  # fmt: skip
    send("2025,,,40,64,,")
    assert PendingUpload.objects.get().uploaded_by == personas.pedro


# --- Closed periods ------------------------------------------------------------------------------
def test_file_that_changes_a_closed_period_is_refused_row_by_row(
    send: Send, pedro: Client, released: IndicatorRevision, at: datetime
) -> None:
    lock_period(indicator_id=released.indicator_id, period="2024", reason="", by_id=None, at=at)
    answer = send("2024,,,31,64,,", "2025,,,40,64,,")
    assert [(one.line, one.column) for one in answer.context["lines"].problems] == [(2, "periodo")]
    assert "Cambia el período 2024, que está cerrado" in answer.content.decode()
    assert confirm(pedro).status_code == 400
    assert IndicatorRevision.objects.count() == 1


def test_file_that_leaves_out_a_closed_period_is_refused(
    send: Send, released: IndicatorRevision, at: datetime
) -> None:
    lock_period(indicator_id=released.indicator_id, period="2024", reason="", by_id=None, at=at)
    assert "Falta una fila de un período cerrado: 2024" in send("2025,,,41,64,,").content.decode()


def test_period_closed_after_the_preview_stops_the_confirmation(
    send: Send, pedro: Client, indicator: Indicator, at: datetime
) -> None:
    send("2025,,,40,64,,")
    lock_period(indicator_id=indicator.pk, period="2025", reason="", by_id=None, at=at)
    assert confirm(pedro).status_code == 400
    assert not Observation.objects.exists()


def test_closed_period_that_stays_as_it_was_is_no_obstacle(
    send: Send, pedro: Client, released: IndicatorRevision, at: datetime
) -> None:
    lock_period(indicator_id=released.indicator_id, period="2024", reason="", by_id=None, at=at)
    send("2024,,,30,64,,", "2025,,,41,64,,")
    confirm(pedro)
    assert IndicatorRevision.objects.count() == 2


# --- Another definition --------------------------------------------------------------------------
def test_same_numbers_are_a_new_release_when_what_is_measured_changed(
    send: Send, pedro: Client, client: Client, released: IndicatorRevision
) -> None:
    Indicator.objects.update(factor=1000, unit="por mil organismos")
    assert "Cárgalos otra vez" in pedro.get(UPLOAD).content.decode()
    page = send(*LINES, note="Ahora por mil").content.decode()
    assert "Se multiplica por" in page and "<del>100</del>" in page
    assert "La revisión 2 quedó publicada" in confirm(pedro).content.decode()
    assert "40 ÷ 64 × 1.000 = 625,0" in client.get(ONE).content.decode()
    assert "40 ÷ 64 × 100 = 62,5" in client.get(f"{ONE}revisiones/1/").content.decode()
    assert "<del>100</del>" in client.get(f"{ONE}revisiones/2/").content.decode()


def test_closed_period_is_not_read_otherwise_by_the_same_numbers(
    send: Send, pedro: Client, released: IndicatorRevision, at: datetime
) -> None:
    lock_period(indicator_id=released.indicator_id, period="2024", reason="", by_id=None, at=at)
    Indicator.objects.update(factor=1000)
    answer = send(*LINES)
    assert [one.line for one in answer.context["lines"].problems] == [0]
    assert "El período 2024 está cerrado, y con la definición de hoy" in answer.content.decode()
    assert confirm(pedro).status_code == 400
    assert IndicatorRevision.objects.count() == 1


# --- Bad files -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "datos.csv", "El archivo está vacío"),
        (b"x" * (LARGEST_FILE + 1), "datos.csv", "hasta 5 MB"),
        (b"hola", "datos.csv", "Falta la columna «periodo»"),
        (b"hola", "datos.pdf", "debe ser CSV o XLSX"),
        (b"%PDF-1.7", "datos.csv", "no es una planilla"),
        (b"PK\x03\x04rota", "datos.xlsx", "está dañado"),
        (b"\0\0\0", "datos.csv", "No se pueden leer las letras"),
        (b"periodo,region,sexo,numerator,denominador,estado,nota\n", "datos.csv", "¿Es «numerador»?"),
        (csv_of(), "datos.csv", "ninguna fila"),
    ],
)
def test_bad_file_is_refused_in_plain_words(send: Send, content: bytes, name: str, words: str) -> None:
    answer = send(content=content, name=name)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not PendingUpload.objects.exists()


@pytest.mark.parametrize(
    ("note", "words"), [("", "Di en una frase"), ("\u200b\u2800", "Di en una frase"), ("x" * 1001, "1000")]
)
def test_bad_note_is_an_error_and_the_file_is_asked_again(send: Send, note: str, words: str) -> None:
    answer = send("2025,,,40,64,,", note=note)
    assert answer.status_code == 400 and words in answer.content.decode()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2025,,,1.234,2000,,", "se puede leer de dos maneras"),
        ("2025,,,65,64,,", "es mayor que el denominador"),
        ("2025,,Varones,1,2,,", "Prueba con: Mujeres, Hombres."),
        ("2025,,,0,0,,", "El denominador es cero"),
        ("T1-2025,,,1,2,,", "Escríbelo así: 2025"),
        ("2025,,,,,,", "El cero se escribe 0"),
        ("2025,,,1,2,,dato de ejemplo", "Los datos inventados no se publican"),
        ("2025,,,%s,2,,", "no es un número"),
    ],
)
def test_wrong_row_is_shown_with_its_number_and_nothing_is_written(
    send: Send, pedro: Client, line: str, words: str
) -> None:
    answer = send("2024,,,30,64,,", line)
    assert answer.context["lines"].problems[0].line == 3
    assert words in answer.content.decode()
    assert confirm(pedro).status_code == 400
    assert not IndicatorRevision.objects.exists()


def test_thousand_wrong_rows_are_counted_and_a_hundred_shown(send: Send) -> None:
    page = send(*(f"{n},,,1,2,," for n in range(1000))).content.decode()
    assert "Hay 1000 problemas" in page and "Se muestran 100 de 1.000" in page


@pytest.mark.parametrize("upload_id", ["0", "999999", "99999999999999999999"])
def test_unknown_file_leads_to_what_there_is(pedro: Client, indicator: Indicator, upload_id: str) -> None:
    assert pedro.get(f"{UPLOAD}{upload_id}/")["Location"] == f"{DESK}revisiones/"


# --- Round trip ----------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_download_is_exactly_what_an_upload_takes(
    send: Send, client: Client, indicator: Indicator, kind: str
) -> None:
    lines = (
        '2024,,,"1,2340",64,,=nota',
        "2025,Sur,mujeres,0,64,,",
        "2025,,,,,no aplica,",
        "2023,-x,,,,sin dato,",
    )
    release(indicator, *lines)
    content = client.get(f"{ONE}datos.{kind}").content
    answer = send(content=content, name=f"datos.{kind}")
    assert "No hay nada que guardar" in answer.content.decode()
    assert answer.context["preview"].diff.same_count == 4


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_template_has_the_columns_of_the_indicator(send: Send, pedro: Client, kind: str) -> None:
    content = pedro.get(f"{DESK}plantilla.{kind}").content
    assert "ninguna fila" in send(content=content, name=f"datos.{kind}").content.decode()


# --- Who may -------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["ana", "carla", "diego", "elena"])
@pytest.mark.parametrize(
    "end", ["", "cargar/", "revisiones/", "periodos/", "plantilla.csv", "revisiones/1/retirar/"]
)
def test_desk_does_not_exist_for_others(
    released: IndicatorRevision, personas: Personas, who: str, end: str
) -> None:
    assert client_for(getattr(personas, who)).get(f"{DESK}{end}").status_code == 404


def test_others_upload_nothing(indicator: Indicator, personas: Personas) -> None:
    file = io.BytesIO(csv_of("2025,,,40,64,,"))
    file.name = "datos.csv"
    assert client_for(personas.elena).post(UPLOAD, {"file": file, "note": "x"}).status_code == 404
    assert not PendingUpload.objects.exists()
