"""Installing the indicators of a pack."""

import csv
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from content_packs.folders import PACKS
from lms.indicators.models import Indicator, IndicatorRevision
from lms.indicators.rules.comparing import find_unequal_totals
from lms.indicators.rules.shapes import Figure, Row
from lms.indicators.selectors.revisions import read_rows
from lms.indicators.services import edit_indicator, set_indicator_active
from lms.indicators.services.revisions import write_revision
from lms.plan.rules.sdg import TARGETS
from tests.factories.indicators import BEGINNING
from tests.factories.plan import CommitmentFactory

pytestmark = pytest.mark.django_db
SHIPPED = PACKS / "plan-chile-4" / "indicators"


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("install_indicators", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def shipped() -> str:
    call_command("install_plan", verbosity=0, stdout=StringIO())
    return run()


# --- What is shipped -----------------------------------------------------------------------------
def test_four_commitments_get_indicators_with_example_data(shipped: str) -> None:
    assert set(Indicator.objects.values_list("commitment__number", flat=True)) == {4, 7, 8, 9}
    assert IndicatorRevision.objects.filter(is_example=True).count() == Indicator.objects.count()
    assert "Datos de ejemplo: extraccion-efectiva" in shipped


def test_no_baseline_and_no_target_is_invented(shipped: str) -> None:
    assert not Indicator.objects.exclude(baseline_value=None, target_value=None).exists()


def test_official_indicators_name_their_source_and_the_others_say_who_proposes_them(shipped: str) -> None:
    for one in Indicator.objects.all():
        if one.commitment.number == 7:
            assert one.origin_url and one.sdg_target in TARGETS and one.title.startswith(one.sdg_target)
        else:
            assert one.origin_text.startswith("Indicador propuesto por Aula Abierta")


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.csv")), ids=lambda file: file.stem)
def test_every_row_of_every_example_says_that_it_is_one(file: Path) -> None:
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert rows and all("dato de ejemplo" in row["nota"] for row in rows)


def test_totals_of_the_examples_are_the_sums_of_their_parts(shipped: str) -> None:
    for revision in IndicatorRevision.objects.all():
        assert not find_unequal_totals(rows=read_rows(revision=revision)), revision.file_name


def test_shipped_pages_are_read(shipped: str, client: Client) -> None:
    base = "/plan/plan-chile-4/indicadores/"
    codes = Indicator.objects.values_list("code", flat=True)
    for path in (base, f"{base}ods/16/", *(f"{base}{code}/" for code in codes)):
        assert "Datos de ejemplo" in client.get(path).content.decode(), path


# --- Again ---------------------------------------------------------------------------------------
def test_second_installation_changes_nothing(shipped: str) -> None:
    assert run() == "Sin cambios.\n"


def test_what_people_edited_is_kept_and_reported(shipped: str) -> None:
    one = Indicator.objects.get(code="extraccion-efectiva")
    edit_indicator(indicator_id=one.pk, values={"unit": "litros"}, changed_by_id=None, at=BEGINNING)
    assert "Se conserva: extraccion-efectiva, unit: 'litros'" in run()
    one.refresh_from_db()
    assert one.unit == "litros"


def test_what_nobody_edited_follows_the_pack(shipped: str) -> None:
    Indicator.objects.filter(code="extraccion-efectiva").update(unit="litros")
    assert "Cambia: extraccion-efectiva, unit: 'litros'" in run()


def test_retired_indicator_stays_retired(shipped: str) -> None:
    one = Indicator.objects.get(code="extraccion-efectiva")
    set_indicator_active(indicator_id=one.pk, is_active=False, changed_by_id=None, at=BEGINNING)
    assert run() == "Sin cambios.\n"


# --- Packs of others -----------------------------------------------------------------------------
@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """A pack of one indicator; parts of it may be changed."""
    CommitmentFactory(plan__code="plan", number=1)

    def write(example: str = "2025,1,2,,dato de ejemplo", **changes: Any) -> Path:
        entry = {
            "code": "agua", "commitment": 1, "title": "Agua", "definition": "Agua", "method": "Se mide",
            "origin_text": "Nosotros", "unit": "puntos", "kind": "ratio", "numerator_label": "a",
            "denominator_label": "b", "frequency": "year", "direction": "none", "example": "agua.csv",
        } | changes  # fmt: skip
        lines = [f"  {name}: {value}" for name, value in entry.items() if value is not None]
        text = "plan: plan\nindicators:\n-" + "\n".join(lines)[1:]
        (tmp_path / "indicators.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "indicators").mkdir(exist_ok=True)
        content = f"periodo,numerador,denominador,estado,nota\n{example}\n"
        (tmp_path / "indicators" / "agua.csv").write_text(content, encoding="utf-8")
        return tmp_path

    return write


def test_changed_example_is_a_new_release(pack: Callable[..., Path]) -> None:
    run(str(pack()))
    assert run(str(pack(example="2025,2,2,,dato de ejemplo"))) == "Datos de ejemplo: agua\n"
    assert IndicatorRevision.objects.count() == 2


def test_example_follows_what_is_measured(pack: Callable[..., Path]) -> None:
    run(str(pack()))
    assert "Datos de ejemplo: agua" in run(str(pack(factor=1000)))
    assert run(str(pack(factor=1000))) == "Sin cambios.\n"
    assert [one.shape.factor for one in IndicatorRevision.objects.all()] == [1000, 100]


def test_keeper_who_measures_otherwise_does_not_stop_the_next_install(pack: Callable[..., Path]) -> None:
    """The example has no such column; it stays as it was."""
    run(str(pack()))
    one = Indicator.objects.get()
    dimensions = [{"name": "zona", "label": "Zona", "values": []}]
    edit_indicator(
        indicator_id=one.pk,
        values={"dimensions": dimensions, "kind": "count"},
        changed_by_id=None,
        at=BEGINNING,
    )
    run(str(pack()))
    assert one.revisions.count() == 1


def test_examples_never_come_after_real_data(pack: Callable[..., Path]) -> None:
    run(str(pack()))
    one = Indicator.objects.get()
    rows = [Row("2025", (), Figure(Decimal(1), Decimal(2)))]
    write_revision(indicator=one, rows=rows, file_name="x.csv", sha256="0" * 64, note="x", uploaded_by_id=None, at=BEGINNING, is_published=False)  # fmt: skip
    assert run(str(pack(example="2025,2,2,,dato de ejemplo"))) == "Sin cambios.\n"
    assert one.revisions.filter(is_example=True).count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"example": "2025,1,2,,inventado"}, "la nota no dice «dato de ejemplo»"),
        ({"example": "2025,x,2,,dato de ejemplo"}, "agua.csv, fila 2, numerador"),
        ({"commitment": 9}, "el plan no tiene el compromiso 9"),
        ({"code": "nuevo"}, "no puede llamarse «nuevo»"),
        ({"denominator_label": None}, "necesita su denominador"),
        ({"sdg_target": "'99.1'"}, "no es una meta de los ODS"),
        ({"frequency": "daily"}, "indicators.yaml"),
        ({"title": "x" * 251}, "indicators.yaml"),
        (
            {"target": f"{{value: '1', period: '2030', source_text: {'x' * 251}}}"},
            "no puede pasar de 250 caracteres",
        ),
        ({"dimensions": "[{name: nota, label: Nota}]"}, "nombre reservado"),
        ({"dimensions": "[{name: a, label: 'A: b'}]"}, "no se puede escribir"),
        ({"color": "azul"}, "indicators.yaml"),
    ],
)
def test_pack_that_contradicts_itself_installs_nothing(
    pack: Callable[..., Path], changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        run(str(pack(**changes)))
    assert not Indicator.objects.exists()


def test_missing_example_is_named(pack: Callable[..., Path]) -> None:
    folder = pack()
    (folder / "indicators" / "agua.csv").unlink()
    with pytest.raises(CommandError, match=r"falta el archivo «agua\.csv»"):
        run(str(folder))


def test_unknown_plan_and_pack_are_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No hay un plan «plan-chile-4»"):
        run()
    with pytest.raises(CommandError, match="plan-chile-4"):
        run("no-existe")
