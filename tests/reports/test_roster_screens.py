"""The roster screens of HR: who gets in, what is shown, what a post does."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lms.people.models import AccessLogEntry, Person, Posting, Role, RosterImport, RosterStatus
from tests.factories.people import RoleAssignmentFactory
from tests.people.rosters import csv_file, line, xlsx_file
from tests.personas import Personas, client_for
from tests.queries import count_page_queries
from tests.reports.rosters import LIST, path, preview, staff, upload

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


# --- Who gets in ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["ana", "bruno", "diego", "iris", "pedro"])
def test_whoever_is_not_hr_finds_no_roster_page(personas: Personas, name: str) -> None:
    client = client_for(getattr(personas, name))

    assert client.get(LIST).status_code == 404
    assert client.get(reverse("reports:roster_template")).status_code == 404


def test_a_visitor_without_account_is_sent_to_log_in(db: None) -> None:
    assert Client().get(LIST).status_code == 302


def test_elena_sees_nothing_of_another_institution(personas: Personas) -> None:
    roster = preview(personas, [*staff(personas), line(1, estamento="Rey")])
    elena = client_for(personas.elena)

    assert elena.get(path("roster", roster)).status_code == 404
    for name in ("roster_problems", "roster_wrong_csv", "roster_wrong_xlsx", "roster_columns", "roster_undo"):
        assert elena.get(path(name, roster)).status_code == 404
    assert elena.post(path("roster_apply", roster)).status_code == 404
    assert elena.post(path("roster_discard", roster)).status_code == 404
    page = elena.get(LIST)
    assert page.status_code == 200
    assert personas.institution.name not in page.content.decode()
    roster.refresh_from_db()
    assert roster.status == RosterStatus.PREVIEW


def test_elena_cannot_load_a_roster_of_another_institution(personas: Personas) -> None:
    page = upload(client_for(personas.elena), personas.institution, csv_file([line(1)]))

    assert "Elige una institución de la lista." in page.content.decode()
    assert not RosterImport.objects.exists()


def test_an_unknown_roster_is_not_found(carla: Client) -> None:
    assert carla.get(f"{LIST}7b6f6f0e-1111-4222-8333-444455556666/").status_code == 404


def test_hr_of_several_institutions_chooses_among_them(personas: Personas, carla: Client) -> None:
    assert "<select" not in carla.get(LIST).content.decode()

    RoleAssignmentFactory(user=personas.carla, role=Role.HR, institution=personas.other_institution)

    assert personas.other_institution.name in carla.get(LIST).content.decode()


# --- Loading -------------------------------------------------------------------------------------
def test_an_upload_leads_to_a_preview_in_numbers(personas: Personas, carla: Client) -> None:
    page = upload(carla, personas.institution, csv_file([*staff(personas), line(1)]))

    roster = RosterImport.objects.get()
    assert page.redirect_chain == [(path("roster", roster), 302)]
    assert roster.uploaded_by == personas.carla
    assert page.context["counts"].new == 1
    assert not Person.objects.filter(family_names="Peña 1").exists()


def test_a_workbook_under_a_wrong_name_is_read_all_the_same(personas: Personas, carla: Client) -> None:
    upload(carla, personas.institution, xlsx_file([line(1)]), name="nomina.csv")
    upload(carla, personas.institution, csv_file([line(1)]), name="nomina.xlsx")

    assert [roster.counts["correct"] for roster in RosterImport.objects.all()] == [1, 1]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "n.csv", "está vacío"),
        (b"hola", "n.csv", "No encontramos estas columnas: RUN"),
        (b"%PDF-1.7", "n.csv", "no es una planilla"),
        (b"\xd0\xcf\x11\xe0", "n.xlsx", "Excel antiguo"),
        (b"RUN;Nombres\n", "n.exe", "debe ser CSV o XLSX"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_words(
    personas: Personas, carla: Client, content: bytes, name: str, words: str
) -> None:
    page = upload(carla, personas.institution, io.BytesIO(content), name=name)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert not RosterImport.objects.exists()


def test_a_file_beyond_the_limit_is_refused_with_words(
    personas: Personas, carla: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("services.roster_files", "rosters.wording"):
        monkeypatch.setattr(f"lms.people.{module}.LARGEST_FILE", 3 * 1024 * 1024)

    page = upload(carla, personas.institution, io.BytesIO(b"x" * (3 * 1024 * 1024 + 1)))

    assert "pesa más de 3 MB" in page.content.decode()


@pytest.mark.parametrize("text", ["", "ayer", "2026-13-01", "2036-01-01"])
def test_a_wrong_date_is_said(personas: Personas, carla: Client, text: str) -> None:
    page = carla.post(
        LIST,
        {
            "institution": personas.institution.pk,
            "roster_date": text,
            "file": SimpleUploadedFile("n.csv", csv_file([line(1)]).getvalue()),
        },
    )

    assert page.context["form"].errors["roster_date"]


def test_a_post_without_a_file_is_said(carla: Client) -> None:
    assert carla.post(LIST, {}).context["form"].errors["file"]


def test_the_template_can_be_downloaded_but_not_loaded_as_it_is(personas: Personas, carla: Client) -> None:
    content = carla.get(reverse("reports:roster_template")).getvalue()

    upload(carla, personas.institution, io.BytesIO(content))

    assert RosterImport.objects.get().counts["wrong"] == 1


# --- Errors --------------------------------------------------------------------------------------
def test_errors_are_shown_by_row_and_column(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [line(1), line(2, run="12.345.678-4")])

    text = carla.get(path("roster", roster)).content.decode()

    assert "El dígito verificador no corresponde. Revisa el número." in text
    assert "Corrige y vuelve a cargar" in text
    assert path("roster_apply", roster) not in text


def test_all_errors_come_as_a_csv_that_starts_no_formula(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [line(n, estamento="Rey") for n in range(250)])

    page = carla.get(path("roster", roster))
    lines = carla.get(path("roster_problems", roster)).getvalue().decode("utf-8-sig").splitlines()

    assert (len(page.context["problems"]), len(lines)) == (200, 251)
    assert not any(cell.strip('"')[:1] in "=+-@" for row in lines for cell in row.split(","))


def test_names_from_a_file_are_text_and_not_markup(personas: Personas, carla: Client) -> None:
    roster = preview(
        personas, [line(1, unidad="<script>alert(1)</script>", estamento="Técnico"), line(2, estamento="<b>")]
    )

    text = carla.get(path("roster", roster)).content.decode()

    assert "<script>alert" not in text
    assert "<b>»" not in text


def test_no_page_shows_a_run(personas: Personas, carla: Client, caplog: pytest.LogCaptureFixture) -> None:
    lines = [
        *staff(personas),
        *(line(n) for n in range(60)),
        line(70, run="12.345.678-4"),
        line(71, estamento="12345678-5"),
    ]
    roster = preview(personas, lines)

    seen = carla.get(path("roster", roster)).content.decode()
    seen += carla.get(path("roster_problems", roster)).getvalue().decode()
    seen += carla.get(path("roster_columns", roster)).content.decode()
    seen += carla.post(path("roster_apply", roster), {"include_errors": "on"}, follow=True).content.decode()
    seen += carla.get(LIST).content.decode() + caplog.text

    assert not any(body in seen for body in ("12.345.678", "12345678", "11.000.0", "110000"))


# --- Deciding ------------------------------------------------------------------------------------
def test_applying_writes_once_and_is_logged_once(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [*staff(personas), line(1)])

    first = carla.post(path("roster_apply", roster), follow=True)
    second = carla.post(path("roster_apply", roster), follow=True)

    assert "Se aplicó el 20 de noviembre de 2026" in first.content.decode()
    assert second.status_code == 200
    assert Posting.objects.filter(person__family_names="Peña 1").count() == 1
    entry = AccessLogEntry.objects.get(action=AccessLogEntry.Action.IMPORT)
    assert (entry.viewer, entry.institution, entry.people_count) == (personas.carla, personas.institution, 7)


def test_endings_beyond_the_limit_wait_for_the_box(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [line(1)])

    page = carla.post(path("roster_apply", roster))
    assert "Entiendo que 6 personas dejan de figurar" in page.content.decode()
    assert not Posting.objects.filter(person__family_names="Peña 1").exists()

    carla.post(path("roster_apply", roster), {"confirm_ended": "on"})
    assert (
        Posting.objects.filter(institution=personas.institution, valid_until=date(2026, 10, 31)).count() == 6
    )


def test_wrong_rows_are_left_out_only_by_choice(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [*staff(personas), *(line(n) for n in range(30)), line(50, estamento="Rey")])

    page = carla.post(path("roster_apply", roster))
    assert "Aplicar las 36 filas correctas y dejar fuera la fila con error" in page.content.decode()

    carla.post(path("roster_apply", roster), {"include_errors": "on"})
    roster.refresh_from_db()
    assert roster.status == RosterStatus.APPLIED


def test_applying_an_outdated_preview_shows_the_new_numbers(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [*staff(personas), line(1)])
    other = preview(personas, [*staff(personas), line(1), line(2)])
    carla.post(path("roster_apply", other))

    page = carla.post(path("roster_apply", roster), follow=True)

    assert "Los registros cambiaron desde la vista previa" in page.content.decode()
    assert page.context["counts"].ended == 1


def test_discarding_changes_nothing(personas: Personas, carla: Client) -> None:
    roster = preview(personas, [line(1)])

    page = carla.post(path("roster_discard", roster), follow=True)

    assert "quedó descartada" in page.content.decode()
    assert not Person.objects.filter(family_names="Peña 1").exists()
    assert carla.post(path("roster_discard", roster), follow=True).status_code == 200


@pytest.mark.parametrize("name", ["roster_apply", "roster_discard"])
def test_a_decision_needs_a_post(personas: Personas, carla: Client, name: str) -> None:
    assert carla.get(path(name, preview(personas, [line(1)]))).status_code == 405


def test_the_history_asks_the_same_queries_for_3_and_for_20_rosters(
    personas: Personas, carla: Client
) -> None:
    for number in range(3):
        preview(personas, [line(number)])
    few = count_page_queries(carla, LIST)
    for number in range(3, 20):
        preview(personas, [line(number)])

    assert count_page_queries(carla, LIST) == few


def test_pages_have_one_heading_labelled_fields_and_no_inline_style(
    personas: Personas, carla: Client
) -> None:
    roster = preview(personas, [line(1), line(2, estamento="Rey")])

    for address in (LIST, path("roster", roster)):
        text = carla.get(address).content.decode()
        assert text.count("<h1") == 1
        assert "style=" not in text
    assert 'for="id_file"' in carla.get(LIST).content.decode()
