"""HR adds people, writes their postings and notes their leaves on the person's file."""

from datetime import date, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.people.models import AccessLogEntry, Leave, Person, Posting, Role
from lms.people.selectors.looks import PeopleLook
from tests.factories.people import (
    PersonFactory,
    PostingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
    make_run,
)
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = pytest.mark.usefixtures("fixed_clock")

RUN = make_run(12_345_678)


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


@pytest.fixture
def elena(personas: Personas) -> Client:
    return client_for(personas.elena)


@pytest.fixture
def posting(personas: Personas) -> Posting:
    return personas.ana.person.postings.get()


def job(unit: Any, /, **changes: str) -> dict[str, str]:
    return {
        "unit": str(unit.pk), "estamento": "tecnicos", "legal_quality": "contrata", "grade": "14",
        "position": "Analista de datos", "region": "CL-VS", "valid_from": "2026-11-02", "valid_until": "",
    } | changes  # fmt: skip


def newcomer(unit: Any, /, **changes: str) -> dict[str, str]:
    names = {"given_names": "Rosa", "family_names": "Ñanco", "run": "", "email": ""}
    return job(unit) | names | changes


def send(client: Client, name: str, row: Any, data: dict[str, str], *, follow: bool = True) -> HttpResponse:
    url = reverse(f"reports:{name}", args=[row.public_id])
    return client.post(url, data, follow=follow)  # type: ignore[return-value]


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


# --- A new person -----------------------------------------------------------------------------------
def test_a_person_without_run_and_address_is_added_and_counted(personas: Personas, carla: Client) -> None:
    page = carla.post(reverse("reports:person_add"), newcomer(personas.unit), follow=True)
    person = Person.objects.get(given_names="Rosa")
    assert "quedó agregada" in text_of(page)
    assert person.postings.get().unit == personas.unit
    assert (person.email, person.run_fingerprint) == ("", None)
    assert AccessLogEntry.objects.filter(subject=person, detail=PeopleLook.ADDED).exists()


def test_whoever_has_that_run_gets_the_posting(personas: Personas, carla: Client) -> None:
    known = PersonFactory(run=RUN, given_names="Rosaura")
    page = carla.post(reverse("reports:person_add"), newcomer(personas.unit, run=RUN), follow=True)
    assert "Ese RUN ya tenía ficha" in text_of(page)
    known.refresh_from_db()
    assert (known.given_names, known.postings.count()) == ("Rosaura", 1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"given_names": ""}, "Escribe los nombres."),
        ({"family_names": ""}, "Escribe los apellidos."),
        ({"given_names": "a" * 151}, "Hay algo que corregir"),
        ({"run": "12.345.678-9"}, "Ese RUN no es válido"),
        ({"email": "rosa@"}, "Escribe un correo completo"),
        ({"unit": ""}, "Elige la unidad."),
        ({"unit": "999999"}, "Elige una unidad de la lista."),
        ({"unit": "x"}, "Elige una unidad de la lista."),
        ({"estamento": ""}, "Elige una opción."),
        ({"estamento": "rey"}, "Elige una opción de la lista."),
        ({"legal_quality": ""}, "Elige una opción."),
        ({"region": "CL-XX"}, "Elige una opción de la lista."),
        ({"grade": "x" * 11}, "Hay algo que corregir"),
        ({"position": "x" * 121}, "Hay algo que corregir"),
        ({"valid_from": ""}, "Escribe el primer día."),
        ({"valid_from": "ayer"}, "31-12-2026"),
        ({"valid_from": "0206-11-02"}, "Revisa el año."),
        ({"valid_until": "2099-01-01"}, "Revisa el año."),
        ({"valid_until": "2026-11-01"}, "El último día es anterior al primero."),
    ],
)
def test_a_wrong_person_says_what_to_correct_and_keeps_what_was_written(
    personas: Personas, carla: Client, changes: dict[str, str], message: str
) -> None:
    before = Person.objects.count()
    response = carla.post(reverse("reports:person_add"), newcomer(personas.unit, **changes))
    page = text_of(response)
    assert (response.status_code, message in page) == (400, True)
    assert "Analista de datos" in page or "position" in changes
    assert Person.objects.count() == before


def test_nobody_is_added_to_another_institution(personas: Personas, elena: Client) -> None:
    response = elena.post(reverse("reports:person_add"), newcomer(personas.unit))
    assert "Elige una unidad de la lista." in text_of(response)


def test_a_team_lead_adds_nobody(personas: Personas) -> None:
    RoleAssignmentFactory(
        user=personas.bruno, role=Role.TEAM_LEAD, institution=personas.institution, unit=personas.unit
    )
    assert client_for(personas.bruno).get(reverse("reports:person_add")).status_code == 404


# --- Postings -----------------------------------------------------------------------------------------
def test_another_posting_is_added_beside_one_that_ended(
    personas: Personas, carla: Client, posting: Posting
) -> None:
    other = UnitFactory(institution=personas.institution)
    refused = send(carla, "job_add", posting.person, job(other))
    assert "ya tiene otra destinación en esta institución" in text_of(refused)
    assert "Analista de datos" in text_of(refused)
    send(carla, "job_end", posting, {"last_day": "2026-11-01"})
    page = send(carla, "job_add", posting.person, job(other))
    assert "La destinación quedó agregada." in text_of(page)
    assert posting.person.postings.count() == 2


def test_a_correction_shows_on_the_file(personas: Personas, carla: Client, posting: Posting) -> None:
    form = text_of(carla.get(reverse("reports:job_correct", args=[posting.public_id])))
    assert 'value="2024-01-01"' in form
    page = send(carla, "job_correct", posting, job(personas.unit))
    posting.refresh_from_db()
    assert (posting.grade, posting.valid_from) == ("14", date(2026, 11, 2))
    for words in ("quedó corregida", "grado 14", "Analista de datos", "Valparaíso", "2 de noviembre de 2026"):
        assert words in text_of(page)


def test_a_correction_offers_no_unit_of_another_institution(
    personas: Personas, carla: Client, posting: Posting
) -> None:
    RoleAssignmentFactory(user=personas.carla, institution=personas.other_institution)
    elsewhere = UnitFactory(institution=personas.other_institution)
    response = send(carla, "job_correct", posting, job(elsewhere))
    assert "Elige una unidad de la lista." in text_of(response)


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("", "Escribe el último día."),
        ("mañana", "31-12-2026"),
        ("2023-12-31", "El último día es anterior al primero."),
        ("1026-12-31", "Revisa el año."),
    ],
)
def test_a_wrong_end_is_refused_with_words(carla: Client, posting: Posting, day: str, message: str) -> None:
    response = send(carla, "job_end", posting, {"last_day": day})
    posting.refresh_from_db()
    assert (response.status_code, message in text_of(response), posting.valid_until) == (400, True, None)


def test_a_move_keeps_both_posts_on_the_file(personas: Personas, carla: Client, posting: Posting) -> None:
    other = UnitFactory(institution=personas.institution, name="Oficina de Arica", parent=personas.unit)
    page = text_of(send(carla, "job_move", posting, job(other)))
    assert "El traslado quedó registrado." in page
    assert "Departamento de Personas › Oficina de Arica" in page
    assert "1 de noviembre de 2026" in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"valid_from": "2024-01-01"}, "Elige un día dentro de sus fechas, después del primero."),
        ({"valid_until": "2026-11-01"}, "El último día es anterior al primero."),
        ({"estamento": ""}, "Elige una opción."),
    ],
)
def test_a_wrong_move_ends_nothing(
    personas: Personas, carla: Client, posting: Posting, changes: dict[str, str], message: str
) -> None:
    response = send(carla, "job_move", posting, job(personas.unit, **changes))
    posting.refresh_from_db()
    assert (response.status_code, message in text_of(response), posting.valid_until) == (400, True, None)


def test_a_closed_unit_takes_nobody_but_keeps_its_past(
    personas: Personas, carla: Client, posting: Posting
) -> None:
    closed = UnitFactory(institution=personas.institution, valid_until=date(2025, 12, 31))
    Posting.objects.filter(pk=posting.pk).update(unit=closed, valid_until=date(2025, 12, 31))
    response = send(carla, "job_correct", posting, job(closed, valid_from="2024-02-01"))
    assert "Esa unidad se cerró antes." in text_of(response)
    ended = job(closed, valid_from="2024-02-01", valid_until="2025-12-31")
    assert "quedó corregida" in text_of(send(carla, "job_correct", posting, ended))


# --- Leaves -------------------------------------------------------------------------------------------
def test_a_leave_asks_dates_only_and_ends_with_the_return(carla: Client, posting: Posting) -> None:
    form = text_of(carla.get(reverse("reports:leave_add", args=[posting.person.public_id])))
    assert "El motivo no se pregunta ni se guarda." in form
    page = send(carla, "leave_add", posting.person, {"first_day": "2026-11-02", "last_day": ""})
    assert "Desde el 2 de noviembre de 2026, sin fecha de regreso" in text_of(page)
    leave = Leave.objects.get()
    page = send(carla, "leave_end", leave, {"last_day": "2026-11-18"})
    assert "Del 2 de noviembre de 2026 al 18 de noviembre de 2026" in text_of(page)
    asked = carla.get(reverse("reports:leave_delete", args=[leave.public_id]))
    assert "Borrar la ausencia" in text_of(asked) and Leave.objects.exists()
    assert "quedó borrada" in text_of(send(carla, "leave_delete", leave, {}))
    assert not Leave.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"first_day": ""}, "Escribe el primer día."),
        ({"first_day": "x"}, "31-12-2026"),
        ({"first_day": "2026-11-20"}, "El último día es anterior al primero."),
        ({"first_day": "2026-10-01"}, "En esos días ya hay otra ausencia registrada."),
        ({"first_day": "2020-10-01", "last_day": "2020-10-02"}, "la persona no trabaja en la institución"),
        ({"last_day": "9999-12-31"}, "Revisa el año."),
    ],
)
def test_a_wrong_leave_is_refused_with_words(
    carla: Client, posting: Posting, changes: dict[str, str], message: str
) -> None:
    Leave.objects.create(
        person=posting.person, institution=posting.institution, first_day=date(2026, 10, 1),
        last_day=date(2026, 10, 31),
    )  # fmt: skip
    data = {"first_day": "2026-11-02", "last_day": "2026-11-18"} | changes
    response = send(carla, "leave_add", posting.person, data)
    assert (response.status_code, message in text_of(response)) == (400, True)
    assert Leave.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("", "Escribe el último día de ausencia."),
        ("2026-10-31", "El último día es anterior al primero."),
        ("hoy", "31-12-2026"),
    ],
)
def test_a_wrong_return_is_refused_with_words(
    carla: Client, posting: Posting, day: str, message: str
) -> None:
    leave = Leave.objects.create(
        person=posting.person, institution=posting.institution, first_day=date(2026, 11, 1)
    )
    response = send(carla, "leave_end", leave, {"last_day": day})
    assert (response.status_code, message in text_of(response)) == (400, True)


# --- Two institutions -----------------------------------------------------------------------------------
def test_each_hr_sees_and_changes_its_own_dates_only(
    personas: Personas, carla: Client, elena: Client, posting: Posting
) -> None:
    other = PostingFactory(
        person=posting.person,
        institution=personas.other_institution,
        unit=UnitFactory(institution=personas.other_institution, name="Inspección fiscal"),
        valid_from=date(2026, 5, 4),
    )
    for place, day in (
        (personas.institution, date(2026, 9, 1)),
        (personas.other_institution, date(2026, 9, 7)),
    ):
        Leave.objects.create(person=posting.person, institution=place, first_day=day, last_day=day)
    file = reverse("reports:person", args=[posting.person.public_id])
    mine, theirs = text_of(carla.get(file)), text_of(elena.get(file))
    assert "4 de mayo de 2026" not in mine and "7 de septiembre" not in mine and "Inspección" not in mine
    assert "1 de enero de 2024" not in theirs and "1 de septiembre" not in theirs
    for name in ("job_correct", "job_end", "job_move"):
        assert carla.get(reverse(f"reports:{name}", args=[other.public_id])).status_code == 404
        assert elena.get(reverse(f"reports:{name}", args=[other.public_id])).status_code == 200
    leave = Leave.objects.get(institution=personas.other_institution)
    for name in ("leave_end", "leave_delete"):
        assert carla.get(reverse(f"reports:{name}", args=[leave.public_id])).status_code == 404
    refused = send(
        carla,
        "leave_add",
        posting.person,
        {"institution": str(other.institution_id), "first_day": "2026-11-02"},
    )
    assert refused.status_code == 200  # there is one institution to choose: hers
    assert not Leave.objects.filter(institution=other.institution, first_day=date(2026, 11, 2)).exists()


def test_elena_finds_nothing_of_ana(personas: Personas, elena: Client, posting: Posting) -> None:
    leave = Leave.objects.create(
        person=posting.person, institution=posting.institution, first_day=date(2026, 11, 1)
    )
    rows = {"job_add": posting.person, "leave_add": posting.person, "merge_find": posting.person}
    rows |= {"job_correct": posting, "job_end": posting, "job_move": posting}
    rows |= {"leave_end": leave, "leave_delete": leave}
    for name, row in rows.items():
        url = reverse(f"reports:{name}", args=[row.public_id])
        assert (elena.get(url).status_code, name) == (404, name)
        assert elena.post(url, job(personas.unit)).status_code in (404, 405)
    assert Leave.objects.exists() and Posting.objects.get(pk=posting.pk).valid_until is None


def test_hr_of_a_unit_writes_in_its_units_only(personas: Personas, posting: Posting) -> None:
    unit = UnitFactory(institution=personas.institution)
    hr = UserFactory(email="unidad@servicio.example")
    RoleAssignmentFactory(user=hr, role=Role.HR, institution=personas.institution, unit=unit)
    client = client_for(hr)
    mine = PostingFactory(institution=personas.institution, unit=unit)
    assert client.get(reverse("reports:job_correct", args=[posting.public_id])).status_code == 404
    assert client.get(reverse("reports:job_correct", args=[mine.public_id])).status_code == 200
    refused = client.post(reverse("reports:person_add"), newcomer(personas.unit))
    assert "Elige una unidad de la lista." in text_of(refused)


@pytest.mark.parametrize("name", ["job_add", "job_move"])
def test_a_form_of_many_units_asks_no_more_than_one_of_few(
    personas: Personas, carla: Client, posting: Posting, name: str
) -> None:
    row = posting.person if name == "job_add" else posting
    url = reverse(f"reports:{name}", args=[row.public_id])
    UnitFactory.create_batch(3, institution=personas.institution)
    carla.get(url)
    few = count_page_queries(carla, url)
    UnitFactory.create_batch(27, institution=personas.institution)
    assert count_page_queries(carla, url) == few


def test_a_file_of_many_postings_asks_no_more_than_one_of_few(
    personas: Personas, carla: Client, posting: Posting, at: datetime
) -> None:
    url = reverse("reports:person", args=[posting.person.public_id])

    def fill(years: range) -> None:
        for year in years:
            first, last = date(year, 1, 1), date(year, 12, 31)
            PostingFactory(
                person=posting.person, institution=personas.institution, valid_from=first, valid_until=last,
                unit=UnitFactory(institution=personas.institution),
            )  # fmt: skip
            Leave.objects.create(
                person=posting.person, institution=personas.institution, first_day=first, last_day=last
            )

    fill(range(2020, 2023))
    few = count_page_queries(carla, url)
    fill(range(1990, 2017))
    assert count_page_queries(carla, url) == few


def test_postings_at_once_are_pointed_out(personas: Personas, carla: Client, posting: Posting) -> None:
    url = reverse("reports:person", args=[posting.person.public_id])
    assert "Se superpone con otra" not in text_of(carla.get(url))
    PostingFactory(
        person=posting.person,
        institution=personas.institution,
        unit=personas.unit,
        valid_from=date(2025, 1, 1),
    )
    assert text_of(carla.get(url)).count("Se superpone con otra") == 2
