"""Frozen reports: reproducible, proved, withdrawn, never changed."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from io import StringIO

import pikepdf
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from lms.lib.canonical import canonical, digest
from lms.people.models import AccessLogEntry, Posting
from lms.progress.services.assigned import follow_people
from lms.reports.frozen.selectors_frozen import Proof, find_report, prove_report, seal_of
from lms.reports.frozen.selectors_then_now import compare_with_today
from lms.reports.models import ImmutableReportError, PeriodReport
from lms.reports.rules import frozen as rules
from lms.reports.services.frozen import (
    DayAheadError,
    ReportWithdrawnError,
    RequirementBusyError,
    withdraw_report,
)
from tests.factories.people import PostingFactory
from tests.personas import client_for
from tests.queries import count_page_queries
from tests.reports.trained import Trained, add_people, auditor, freeze, lead_of, other_unit

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def report(trained: Trained, at: datetime) -> PeriodReport:
    return freeze(trained, at=at)


@pytest.fixture
def carla(trained: Trained) -> Client:
    return client_for(trained.personas.carla)


def at_report(name: str, report: PeriodReport) -> str:
    return reverse(f"reports:{name}", kwargs={"public_id": report.public_id})


def tamper(report: PeriodReport, **columns: object) -> PeriodReport:
    """Change columns behind the model's back, as somebody with the database could."""
    names = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE reports_periodreport SET {names} WHERE id = %s", [*columns.values(), report.pk]
        )
    found = find_report(public_id=report.public_id)
    assert found is not None
    return found


# --- What is frozen ---------------------------------------------------------------------------------
def test_the_figures_are_those_of_the_day_with_its_headcount(report: PeriodReport) -> None:
    figures = json.loads(report.figures)
    assert figures["total"] == {"headcount": 6, "standings": {"3": 5, "4": 1}}
    assert figures["by_unit"]["PER"] == figures["total"]
    assert figures["by_estamento"] == {"profesionales": figures["total"]}


def test_a_past_day_has_its_own_figures(trained: Trained, at: datetime) -> None:
    early = json.loads(freeze(trained, at=at, day=date(2026, 10, 20)).figures)
    assert early["total"]["standings"] == {"1": 6}
    before = json.loads(freeze(trained, at=at, day=date(2026, 9, 1)).figures)
    assert before["total"] == {"headcount": 6, "standings": {}}


def test_the_detail_names_nobody(trained: Trained, report: PeriodReport) -> None:
    text = rules.unpack(bytes(report.detail))
    assert len(text.splitlines()) == 6
    for account in ("ana", "bruno", "carla"):
        person = getattr(trained.personas, account).person
        for secret in (person.family_names, person.email, str(person.public_id), person.run_fingerprint):
            assert secret not in text + report.figures + report.definition


def test_the_same_person_has_another_name_in_each_report(trained: Trained, at: datetime) -> None:
    names = [
        {line.pseudonym for line in rules.read_detail(rules.unpack(bytes(freeze(trained, at=at).detail)))}
        for _again in range(2)
    ]
    assert not names[0] & names[1]


def test_a_stored_report_proves_itself(report: PeriodReport) -> None:
    stored = find_report(public_id=report.public_id)
    assert stored is not None
    assert prove_report(report=stored) == Proof(True, True, True)
    assert seal_of(stored) == report.sha256


def test_a_day_to_come_is_not_frozen(trained: Trained, at: datetime) -> None:
    with pytest.raises(DayAheadError):
        freeze(trained, at=at, day=date(2026, 11, 21))


def test_a_requirement_that_is_being_changed_is_not_frozen(trained: Trained, at: datetime) -> None:
    trained.requirement.applied = 0
    with pytest.raises(RequirementBusyError):
        freeze(trained, at=at)


# --- Tampering --------------------------------------------------------------------------------------
def test_changed_figures_are_found_out(report: PeriodReport) -> None:
    found = tamper(report, figures=report.figures.replace('"4":1', '"4":5'))
    assert prove_report(report=found) == Proof(True, False, False)


def test_a_changed_detail_is_found_out(report: PeriodReport) -> None:
    lines = rules.read_detail(rules.unpack(bytes(report.detail)))
    text = rules.write_detail(lines[1:])
    assert prove_report(report=tamper(report, detail=rules.pack(text))) == Proof(False, False, True)


def test_detail_and_digest_changed_together_are_found_out(report: PeriodReport) -> None:
    text = rules.write_detail(rules.read_detail(rules.unpack(bytes(report.detail)))[1:])
    figures = canonical(rules.count_figures(rules.read_detail(text)))
    found = tamper(report, detail=rules.pack(text), detail_sha256=digest(text), figures=figures)
    assert prove_report(report=found) == Proof(True, True, False)


@pytest.mark.parametrize(
    "columns",
    [{"title": "Otro"}, {"day": "2026-11-19"}, {"period": "Otro"}, {"version": 2}, {"definition": '{"institution":{"name":"X"},"requirement":{"title":"X","target_percent":1,"version":1},"units":{},"words":[]}'}],
    ids=lambda columns: next(iter(columns)),
)  # fmt: skip
def test_a_changed_heading_or_definition_is_found_out(
    report: PeriodReport, columns: dict[str, object]
) -> None:
    assert prove_report(report=tamper(report, **columns)) == Proof(True, True, False)


@pytest.mark.parametrize("detail", [b"", b"basura"])
def test_a_detail_that_cannot_be_read_is_found_out(
    report: PeriodReport, detail: bytes, carla: Client
) -> None:
    found = tamper(report, detail=detail)
    assert not prove_report(report=found).is_good
    assert "no coincide consigo mismo" in carla.get(at_report("frozen_check", report)).content.decode()


def test_the_command_proves_all(report: PeriodReport, trained: Trained, at: datetime) -> None:
    out, err = StringIO(), StringIO()
    call_command("verify_reports", stdout=out)
    assert "Informes comprobados: 1. Con diferencias: 0." in out.getvalue()
    freeze(trained, at=at)
    tamper(report, title="Otro")
    with pytest.raises(CommandError):
        call_command("verify_reports", stdout=out, stderr=err)
    assert str(report.public_id) in err.getvalue()


# --- Unchangeable -----------------------------------------------------------------------------------
def test_nothing_of_it_can_be_changed_or_deleted(report: PeriodReport) -> None:
    report.title = "Otro"
    for attempt in (
        report.save,
        lambda: report.save(update_fields=["title"]),
        report.delete,
        lambda: PeriodReport.objects.all().delete(),
        lambda: PeriodReport.objects.update(title="Otro"),
    ):
        with pytest.raises(ImmutableReportError):
            attempt()


def test_it_outlives_the_account_that_froze_it(report: PeriodReport, trained: Trained) -> None:
    trained.personas.carla.delete()
    stored = find_report(public_id=report.public_id)
    assert stored is not None
    assert stored.created_by is None
    assert prove_report(report=stored).is_good


def test_it_is_withdrawn_once_and_keeps_its_figures(
    report: PeriodReport, trained: Trained, at: datetime
) -> None:
    withdraw_report(report=report, reason="Nómina errada", account=trained.personas.carla, at=at)
    stored = find_report(public_id=report.public_id)
    assert stored is not None
    assert stored.withdrawn_reason == "Nómina errada"
    assert prove_report(report=stored).is_good
    with pytest.raises(ReportWithdrawnError):
        withdraw_report(report=report, reason="Otra vez", account=None, at=at)


# --- Then and now -----------------------------------------------------------------------------------
def test_later_corrections_change_the_records_and_not_the_report(
    report: PeriodReport, trained: Trained, at: datetime
) -> None:
    before = (report.figures, bytes(report.detail), report.sha256)
    unit = other_unit(trained)
    bruno = trained.personas.bruno.person
    Posting.objects.filter(person=bruno).update(unit=unit)
    gone = trained.personas.iris.person
    Posting.objects.filter(person=gone).update(valid_until=date(2026, 10, 15))
    PostingFactory(institution=unit.institution, unit=unit)
    follow_people(person_ids=[bruno.pk, gone.pk], at=at)

    stored = find_report(public_id=report.public_id)
    assert stored is not None
    assert (stored.figures, bytes(stored.detail), stored.sha256) == before
    assert prove_report(report=stored).is_good
    now = compare_with_today(report=stored, key=settings.PSEUDONYM_KEY)
    assert (now.people.same, now.people.changed, now.people.only_then, now.people.only_now) == (4, 1, 1, 1)
    assert not now.is_equal


def test_without_corrections_nothing_differs(report: PeriodReport, trained: Trained, at: datetime) -> None:
    add_people(3, trained=trained, at=at + timedelta(days=0))
    Posting.objects.filter(person__family_names__startswith="Rojas ").update(valid_from=date(2026, 11, 21))
    follow_people(person_ids=list(Posting.objects.values_list("person_id", flat=True)), at=at)
    assert compare_with_today(report=report, key=settings.PSEUDONYM_KEY).is_equal


# --- Screens ----------------------------------------------------------------------------------------
def test_hr_freezes_from_the_compliance_page(trained: Trained, carla: Client) -> None:
    page = carla.get(reverse("reports:compliance")).content.decode()
    assert reverse("reports:freeze") in page
    response = carla.post(
        reverse("reports:freeze"), {"title": "Cierre", "period": "Segundo semestre", "day": "2026-11-19"}
    )
    report = PeriodReport.objects.get()
    assert response.headers["Location"] == at_report("frozen", report)
    assert (report.day, report.title, report.created_by) == (
        date(2026, 11, 19),
        "Cierre",
        trained.personas.carla,
    )


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"title": "", "period": "x", "day": "2026-11-19"},
        {"title": "x", "period": "x", "day": "2026-11-21"},
        {"title": "x", "period": "x", "day": "ayer"},
        {"title": "x", "period": "x", "day": "1900-01-01"},
        {"title": "x" * 161, "period": "x", "day": "2026-11-19"},
    ],
)
def test_a_bad_form_freezes_nothing(trained: Trained, carla: Client, data: dict[str, str]) -> None:
    assert carla.post(reverse("reports:freeze"), data).status_code == 400
    assert not PeriodReport.objects.exists()


def test_the_page_has_figures_definitions_and_code(report: PeriodReport, carla: Client) -> None:
    page = carla.get(at_report("frozen", report)).content.decode()
    for text in (report.sha256, "Dotación", "16,7", "Qué significan estas cifras", "Comprobar"):
        assert text in page
    assert "Soto, Bruno" not in page


def test_the_check_says_that_all_agrees_and_what_the_records_say_today(
    report: PeriodReport, carla: Client
) -> None:
    page = carla.get(at_report("frozen_check", report)).content.decode()
    assert "Todo coincide" in page
    assert "Lo mismo: los registros del 20 de noviembre de 2026" in page


def test_small_units_have_no_figures(trained: Trained, carla: Client, at: datetime) -> None:
    add_people(2, trained=trained, at=at, unit=other_unit(trained))
    report = freeze(trained, at=at)
    rows = read_csv(carla, report)
    units = {row["Grupo"]: row for row in rows if row["Agrupación"] == "Unidad"}
    assert units["Departamento Jurídico"]["Dotación"] == "menos de 5"
    assert units["Departamento de Personas"]["Dotación"] == "no se muestra"
    assert next(row for row in rows if row["Agrupación"] == "Institución")["Dotación"] == "8"


def read_csv(client: Client, report: PeriodReport) -> list[dict[str, str]]:
    response = client.get(at_report("frozen_csv", report))
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_the_files_carry_the_code(report: PeriodReport, carla: Client) -> None:
    assert {row["Código del informe"] for row in read_csv(carla, report)} == {report.sha256}
    workbook = carla.get(at_report("frozen_xlsx", report))
    assert b"".join(workbook.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


def test_the_paper_is_the_same_bit_for_bit(report: PeriodReport, carla: Client) -> None:
    first = carla.get(at_report("frozen_pdf", report)).content
    assert first == carla.get(at_report("frozen_pdf", report)).content
    with pikepdf.open(io.BytesIO(first)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.docinfo.Title) == "Informe de prueba"


def test_names_that_look_like_formulas_are_text(trained: Trained, carla: Client, at: datetime) -> None:
    trained.personas.unit.name = "=1+1"
    trained.personas.unit.save()
    rows = read_csv(carla, freeze(trained, at=at))
    assert "'=1+1" in {row["Grupo"] for row in rows}


def test_withdrawing_asks_for_a_reason_and_shows_it(report: PeriodReport, carla: Client) -> None:
    url = at_report("frozen_withdraw", report)
    assert carla.post(url, {"reason": ""}).status_code == 400
    assert carla.post(url, {"reason": "Nómina errada"}).status_code == 302
    assert "Nómina errada" in carla.get(at_report("frozen", report)).content.decode()
    assert carla.get(url).status_code == 302


def test_an_auditor_reads_and_proves_and_changes_nothing(report: PeriodReport, trained: Trained) -> None:
    client = client_for(auditor())
    for name in ("frozen", "frozen_check", "frozen_csv", "frozen_pdf"):
        assert client.get(at_report(name, report)).status_code == 200
    assert client.get(at_report("frozen_withdraw", report)).status_code == 404
    assert client.post(at_report("frozen_withdraw", report), {"reason": "No"}).status_code == 404
    data = {"title": "x", "period": "x", "day": "2026-11-19"}
    assert client.post(f"{reverse('reports:freeze')}?institucion=AA900", data).status_code == 404
    assert PeriodReport.objects.filter(withdrawn_at__isnull=True).count() == 1


@pytest.mark.parametrize("who", ["elena", "lead"])
def test_others_find_no_report(report: PeriodReport, trained: Trained, who: str) -> None:
    user = trained.personas.elena if who == "elena" else lead_of(trained.personas.unit)
    client = client_for(user)
    for name in ("frozen", "frozen_check", "frozen_withdraw", "frozen_csv", "frozen_xlsx", "frozen_pdf"):
        assert client.get(at_report(name, report)).status_code == 404
    page = client.get(reverse("reports:reports"))
    assert page.status_code == 200
    assert report.title not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "action"), [("frozen", "view_list"), ("frozen_check", "view_list"), ("frozen_pdf", "export")]
)
def test_each_look_is_written_down(report: PeriodReport, carla: Client, name: str, action: str) -> None:
    assert carla.get(at_report(name, report)).status_code == 200
    entry = AccessLogEntry.objects.latest("at")
    assert entry.action == action
    assert report.sha256[:16] in entry.detail


@pytest.mark.parametrize("name", ["frozen", "frozen_check"])
def test_the_cost_does_not_grow_with_people(trained: Trained, carla: Client, at: datetime, name: str) -> None:
    few = count_page_queries(carla, at_report(name, freeze(trained, at=at)))
    add_people(30, trained=trained, at=at)
    assert count_page_queries(carla, at_report(name, freeze(trained, at=at))) == few <= 16


def test_the_list_of_reports_costs_the_same_with_many(trained: Trained, carla: Client, at: datetime) -> None:
    freeze(trained, at=at)
    few = count_page_queries(carla, reverse("reports:reports"))
    for _again in range(6):
        freeze(trained, at=at)
    assert count_page_queries(carla, reverse("reports:reports")) == few <= 16
