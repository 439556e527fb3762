"""The public pages of indicators."""

import csv
import re
from decimal import Decimal

import pytest
from django.test import Client

from lms.indicators.models import Indicator, IndicatorRevision
from lms.indicators.rules.shapes import Figure, Row
from lms.indicators.services import edit_indicator, withdraw_revision
from lms.indicators.services.revisions import write_revision
from lms.plan.models import ActionPlan
from tests.factories.indicators import IndicatorFactory, release
from tests.factories.plan import CommitmentFactory
from tests.queries import count_page_queries

pytestmark = pytest.mark.django_db
BASE = "/plan/plan/indicadores/"
ONE = f"{BASE}cumplen/"
MOST_QUERIES = 15
PAGES = [BASE, f"{BASE}ods/16/", ONE, f"{ONE}revisiones/1/", "/plan/plan/compromisos/1/"]
FILES = [f"{ONE}datos.csv", f"{ONE}datos.json", f"{ONE}datos.xlsx", f"{ONE}revisiones/1/datos.csv"]


def text_of(client: Client, path: str) -> str:
    """What a reader sees, in one line."""
    html = client.get(path).content.decode()
    body = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_anybody_may_read_without_an_account(client: Client, released: IndicatorRevision, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_page_of_a_draft_plan_does_not_exist(client: Client, released: IndicatorRevision, path: str) -> None:
    ActionPlan.objects.update(status="draft")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_page_costs_the_same_with_few_and_many(client: Client, indicator: Indicator, path: str) -> None:
    lines = ["2024,,,30,64,,", "2025,,,40,64,,", *(f"2025,Región {n},,1,2,," for n in range(3))]
    release(indicator, *lines)
    few = count_page_queries(client, path)
    many = [
        *(f"{year},,,30,64,," for year in range(1990, 2020)),
        *(f"2025,Región {n},,1,2,," for n in range(200)),
    ]
    release(indicator, *lines[:2], *many)
    for number in range(30):
        other = IndicatorFactory(commitment=indicator.commitment, code=f"otro-{number}", sdg_target="16.6")
        release(other, *lines)
    assert few == count_page_queries(client, path) <= MOST_QUERIES


# --- One indicator -------------------------------------------------------------------------------
def test_page_shows_the_formula_with_the_numbers_of_the_last_period(
    client: Client, released: IndicatorRevision
) -> None:
    text = text_of(client, ONE)
    assert "62,5 % de los organismos, 2025" in text
    assert "Organismos que cumplen ÷ Organismos obligados × 100 40 ÷ 64 × 100 = 62,5 %" in text


def test_what_nobody_published_is_said_and_is_no_zero(client: Client, indicator: Indicator) -> None:
    text = text_of(client, ONE)
    assert "Línea base No publicado Meta No publicado" in text
    assert "Nadie ha publicado datos de este indicador" in text
    assert not re.search(r"\b0 %", text)


def test_baseline_and_target_are_shown_with_period_and_source(client: Client, indicator: Indicator) -> None:
    Indicator.objects.update(
        target_value=80,
        target_period="2030",
        target_source_text="Plan",
        target_source_url="https://x.example/",
    )
    assert "Meta 80,0 % (2030) Fuente: Plan" in text_of(client, ONE)


def test_no_data_and_not_applicable_are_said_in_words(client: Client, indicator: Indicator) -> None:
    release(indicator, "2023,,,0,64,,", "2024,,,,,sin dato,", "2025,,,,,no aplica,No hubo medición")
    text = text_of(client, ONE)
    assert "2025 No aplica No hubo medición" in text
    assert "2024 Sin dato" in text
    assert "2023 0,0 %" in text


def test_breakdown_is_chosen_by_a_plain_form(client: Client, indicator: Indicator) -> None:
    release(indicator, "2024,Sur,,1,4,,", "2025,Norte,,10,24,,", "2025,,Mujeres,3,4,,")
    assert "Norte 41,7 % 10 24" in text_of(client, ONE)
    assert "Sur 25,0 % 1 4" in text_of(client, f"{ONE}?periodo=2024")
    assert "Mujeres 75,0 % 3 4" in text_of(client, f"{ONE}?desglose=sexo")


@pytest.mark.parametrize(
    "query", ["desglose=x", "periodo=9", "pagina=99999999999999999999", "desglose=%00", "pagina=x"]
)
def test_address_that_nobody_offered_shows_the_usual(
    client: Client, released: IndicatorRevision, query: str
) -> None:
    assert "Norte 41,7 %" in text_of(client, f"{ONE}?{query}")


def test_breakdown_is_shown_by_pages(client: Client, indicator: Indicator) -> None:
    release(indicator, *(f"2025,Región {n:02d},,1,2,," for n in range(30)))
    assert "Región 24" in text_of(client, ONE) and "Región 25" not in text_of(client, ONE)
    assert "Región 29" in text_of(client, f"{ONE}?pagina=2")


def test_chart_says_the_same_as_its_table(client: Client, released: IndicatorRevision) -> None:
    html = client.get(ONE).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert 'aria-label="De 46,9 % (2024) a 62,5 % (2025)."' in html


def test_count_is_drawn_on_its_own_scale(client: Client, db: None) -> None:
    counted = IndicatorFactory(code="cumplen", count=True, dimensions=[], unit="litros")
    rows = [Row("2024", (), Figure(Decimal(12_000))), Row("2025", (), Figure(Decimal(15_000)))]
    write_revision(indicator=counted, rows=rows, file_name="x.csv", sha256="0" * 64, note="x", uploaded_by_id=None, at=counted.created_at)  # fmt: skip
    text = text_of(client, ONE)
    assert (
        "2025 15.000" in text
        and "en unidades de 1.000" in text
        and "%" not in text.partition("Datos para")[0].partition("En el tiempo")[2]
    )


@pytest.mark.parametrize(
    "path",
    [
        f"{BASE}otro/",
        f"{ONE}revisiones/9/",
        f"{ONE}revisiones/99999999999999999999/",
        f"{ONE}revisiones/0/",
        f"{BASE}otro/datos.csv",
        "/plan/otro/indicadores/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, released: IndicatorRevision, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [ONE, f"{ONE}revisiones/1/", *FILES])
def test_address_that_was_cited_stays_when_the_indicator_is_retired(
    client: Client, released: IndicatorRevision, path: str
) -> None:
    Indicator.objects.update(is_active=False)
    answer = client.get(path)
    assert answer.status_code == 200
    assert path in FILES or "Este indicador está retirado" in answer.content.decode()
    assert client.get(f"{ONE}revisiones/1/datos.json").json()["indicador"]["vigente"] is False
    assert "Organismos que cumplen" not in text_of(client, BASE)


def test_retired_indicator_without_data_is_for_its_keepers_alone(
    client: Client, pedro: Client, indicator: Indicator
) -> None:
    release(indicator, "2025,,,1,64,,", is_published=False)
    Indicator.objects.update(is_active=False)
    assert [client.get(ONE).status_code, pedro.get(ONE).status_code] == [404, 200]


def test_figures_keep_the_definition_they_were_published_with_and_the_page_says_so(
    client: Client, released: IndicatorRevision
) -> None:
    Indicator.objects.update(factor=1000, unit="por mil", method="De otra manera.", title="Otro título")
    text = text_of(client, ONE)
    assert "La definición cambió después de publicar estos datos" in text
    assert "40 ÷ 64 × 100 = 62,5 %" in text and "62,5 % de los organismos" in text
    for path in (f"{ONE}datos.json", f"{ONE}revisiones/1/datos.json"):
        said = client.get(path).json()["indicador"]
        assert (said["factor"], said["unidad"]) == (100, "% de los organismos")
        assert said["metodo"] == "Los que cumplen ÷ los obligados × 100."
    assert "62,5 % de los organismos" in text_of(client, BASE)


def test_address_of_a_release_says_its_own_title_and_method(
    client: Client, released: IndicatorRevision
) -> None:
    Indicator.objects.update(title="Otro título", method="De otra manera.", licence="CC0")
    text = text_of(client, f"{ONE}revisiones/1/")
    assert "Revisión 1 de «Organismos que cumplen»" in text and "los obligados × 100." in text
    assert client.get(f"{ONE}revisiones/1/datos.json").json()["licencia"] == "CC BY 4.0"
    assert "Otro título" in text_of(client, ONE)


# --- Releases ------------------------------------------------------------------------------------
def test_release_says_what_it_changed(client: Client, released: IndicatorRevision) -> None:
    release(released.indicator, "2025,,,41,64,,Corregido", "2023,,,1,64,,")
    text = text_of(client, f"{ONE}revisiones/2/")
    assert "Qué cambió desde la revisión 1 Cambiadas: 1 Agregadas: 1 Quitadas: 3" in text
    assert "2025 Total 62,5 % (40 ÷ 64) 64,1 % (41 ÷ 64). Corregido" in text
    assert "2023 Total No estaba 1,6 % (1 ÷ 64)" in text_of(client, f"{ONE}revisiones/2/?cambio=agregadas")
    assert "Ya no está" in text_of(client, f"{ONE}revisiones/2/?cambio=quitadas")


def test_earlier_release_stays_readable_and_says_so(client: Client, released: IndicatorRevision) -> None:
    release(released.indicator, "2025,,,41,64,,")
    text = text_of(client, f"{ONE}revisiones/1/")
    assert "Hay una más nueva" in text and "40 ÷ 64 × 100 = 62,5 %" in text


def test_change_between_no_data_and_a_value_is_a_change(client: Client, indicator: Indicator) -> None:
    release(indicator, "2024,,,,,sin dato,", "2025,,,1,2,,")
    release(indicator, "2024,,,0,2,,", "2025,,,1,2,,")
    assert "2024 Total Sin dato 0,0 % (0 ÷ 2)" in text_of(client, f"{ONE}revisiones/2/")


def test_withdrawn_release_shows_its_reason_and_no_figures(
    client: Client, released: IndicatorRevision
) -> None:
    withdraw_revision(indicator_id=released.indicator_id, number=1, reason="Mal sumada", by_id=None, at=released.uploaded_at)  # fmt: skip
    text = text_of(client, f"{ONE}revisiones/1/")
    assert "Mal sumada" in text and "62,5" not in text
    assert client.get(f"{ONE}revisiones/1/datos.csv").status_code == 404
    assert "Mal sumada" in text_of(client, ONE)


# --- Examples ------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", PAGES)
def test_every_page_with_invented_figures_says_so(client: Client, indicator: Indicator, path: str) -> None:
    Indicator.objects.update(sdg_target="16.6")
    release(indicator, "2024,,,1,64,,dato de ejemplo", "2025,,,40,64,,dato de ejemplo", "2025,Sur,,40,64,,dato de ejemplo", is_example=True)  # fmt: skip
    assert "Datos de ejemplo" in text_of(client, path)


def test_chart_and_tables_of_invented_figures_say_so(client: Client, indicator: Indicator) -> None:
    release(indicator, "2024,,,1,64,,dato de ejemplo", "2025,,,40,64,,dato de ejemplo", "2025,Sur,,40,64,,dato de ejemplo", is_example=True)  # fmt: skip
    html = client.get(ONE).content.decode()
    assert 'aria-label="Datos de ejemplo. De' in html
    assert html.count("(datos de ejemplo)") == 3


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_every_file_with_invented_figures_says_so(client: Client, indicator: Indicator, kind: str) -> None:
    release(indicator, "2025,,,40,64,,dato de ejemplo", is_example=True)
    answer = client.get(f"{ONE}datos.{kind}")
    assert f"datos-de-ejemplo.{kind}" in answer["Content-Disposition"]
    if kind != "xlsx":
        assert "dato de ejemplo" in answer.content.decode()


def test_examples_disappear_with_the_first_real_data(client: Client, indicator: Indicator) -> None:
    release(indicator, "2025,,,40,64,,dato de ejemplo", is_example=True)
    release(indicator, "2025,,,1,64,,")
    for path in (BASE, ONE):
        assert "atos de ejemplo" not in text_of(client, path)
    assert client.get(f"{ONE}revisiones/1/").status_code == 404
    assert client.get(f"{ONE}revisiones/1/datos.csv").status_code == 404


# --- Files ---------------------------------------------------------------------------------------
def test_csv_is_tidy(client: Client, released: IndicatorRevision) -> None:
    lines = client.get(f"{ONE}datos.csv").content.decode().splitlines()
    assert lines[0] == "periodo,region,sexo,numerador,denominador,estado,nota"
    assert lines[3] == "2025,Norte,,10,24,valor,"


def test_json_has_numbers_their_quotient_and_what_they_mean(
    client: Client, released: IndicatorRevision
) -> None:
    document = client.get(f"{ONE}datos.json").json()
    assert document["licencia"] == "CC BY 4.0" and document["aviso"] is None
    assert document["indicador"]["meta"] is None
    assert document["revision"]["numero"] == 1
    first = document["observaciones"][1]
    assert (first["numerador"], first["denominador"], first["valor"]) == (40, 64, 62.5)


def test_stranger_recomputes_the_percentage_of_the_page_from_the_csv_alone(
    client: Client, released: IndicatorRevision
) -> None:
    rows = list(csv.DictReader(client.get(f"{ONE}datos.csv").content.decode().splitlines()))
    total = next(row for row in rows if row["periodo"] == "2025" and not row["region"] and not row["sexo"])
    percent = Decimal(total["numerador"]) * 100 / Decimal(total["denominador"])
    assert f"{percent:.1f} %".replace(".", ",") in text_of(client, ONE)


@pytest.mark.parametrize("path", FILES)
def test_file_may_be_kept_read_by_any_page_and_asked_for_again(
    client: Client, released: IndicatorRevision, path: str
) -> None:
    first = client.get(path)
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_new_release_and_new_words_change_the_tag(client: Client, released: IndicatorRevision) -> None:
    before = client.get(f"{ONE}datos.json")["ETag"]
    edit_indicator(indicator_id=released.indicator_id, values={"title": "Otro"}, changed_by_id=None, at=released.uploaded_at)  # fmt: skip
    edited = client.get(f"{ONE}datos.json")["ETag"]
    release(released.indicator, "2025,,,1,64,,")
    assert len({before, edited, client.get(f"{ONE}datos.json")["ETag"]}) == 3


def test_file_that_is_not_public_is_kept_by_nobody(pedro: Client, indicator: Indicator) -> None:
    release(indicator, "2025,,,1,64,,", is_published=False)
    assert pedro.get(f"{ONE}revisiones/1/datos.csv")["Cache-Control"] == "private, no-store"


# --- Goal 16 and the commitment ------------------------------------------------------------------
def test_goal_sixteen_has_its_twelve_targets_and_says_which_have_none(
    client: Client, released: IndicatorRevision
) -> None:
    Indicator.objects.update(sdg_target="16.6")
    text = text_of(client, f"{BASE}ods/16/")
    assert (
        "16.6 Crear a todos los niveles instituciones eficaces y transparentes que rindan cuentas Organismos"
        in text
    )
    assert "11 metas no tienen indicador en este plan" in text
    assert text.count("Sin indicador en este plan.") == 11


def test_commitment_shows_its_indicators_and_others_nothing(
    client: Client, released: IndicatorRevision
) -> None:
    CommitmentFactory(plan=released.indicator.plan, number=2, title="Otro")
    assert "Indicadores" in text_of(client, "/plan/plan/compromisos/1/")
    assert "Indicadores" not in text_of(client, "/plan/plan/compromisos/2/")


def test_list_without_indicators_says_so(client: Client, db: None) -> None:
    CommitmentFactory(plan__code="plan")
    assert "El plan no tiene indicadores" in text_of(client, BASE)
