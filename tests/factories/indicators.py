"""An indicator of a commitment and data for it, with the least that makes them valid."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import factory

from lms.indicators.models import Indicator, IndicatorRevision
from lms.indicators.rules.checking import check_sheet
from lms.indicators.rules.shapes import Row
from lms.indicators.rules.sheets import open_sheet
from lms.indicators.services.locks import lock_indicator
from lms.indicators.services.revisions import write_revision
from tests.factories.plan import CommitmentFactory

BEGINNING = datetime(2024, 3, 1, 12, 0, tzinfo=ZoneInfo("America/Santiago"))
HEADER = "periodo,region,sexo,numerador,denominador,estado,nota"
REGION = {"name": "region", "label": "Región", "values": []}
SEX = {"name": "sexo", "label": "Sexo", "values": ["Mujeres", "Hombres"]}


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator

    class Params:
        count = factory.Trait(
            kind="count", factor=1, denominator_label="", is_part_of_whole=False, decimals=0
        )

    commitment = factory.SubFactory(CommitmentFactory, plan__code="plan", number=1)
    plan = factory.SelfAttribute("commitment.plan")
    code = factory.Sequence(lambda n: f"indicador-{n}")
    title = "Organismos que cumplen"
    definition = "Cuántos organismos cumplen."
    method = "Los que cumplen ÷ los obligados × 100."
    origin_text = "Indicador propuesto por Aula Abierta"
    unit = "% de los organismos"
    numerator_label = "Organismos que cumplen"
    denominator_label = "Organismos obligados"
    is_part_of_whole = True
    dimensions = factory.LazyFunction(lambda: [REGION, SEX])
    created_at = BEGINNING


def csv_of(*lines: str) -> bytes:
    """A file with the columns of the factory's indicator."""
    return "\r\n".join([HEADER, *lines, ""]).encode()


def rows_of(indicator: Indicator, *lines: str, examples: bool = False) -> Sequence[Row]:
    """Checked rows, as an upload has them."""
    sheet = open_sheet(content=csv_of(*lines), shape=indicator.shape)
    checked = check_sheet(sheet=sheet, shape=indicator.shape, allow_examples=examples)
    assert not checked.problems
    return checked.rows


def release(
    indicator: Indicator,
    *lines: str,
    at: datetime = BEGINNING,
    is_example: bool = False,
    is_published: bool = True,
) -> IndicatorRevision:
    """A revision with those rows (``"2025,,,40,64,,"``)."""
    return write_revision(
        indicator=lock_indicator(indicator_id=indicator.pk),
        rows=rows_of(indicator, *lines, examples=is_example),
        file_name="datos.csv",
        sha256="0" * 64,
        note="Primera carga",
        uploaded_by_id=None,
        at=at,
        is_example=is_example,
        is_published=is_published,
    )
