"""What the open-data files contain, column by column."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lms.plan.selectors.open_data import COVERAGE_COLUMNS, DataFile, write_csv
from lms.plan.selectors.snapshots import GoalCoverage

JSON_WRAPPING_BYTES = 40
"""What cobertura.json has around its goals."""


@dataclass(frozen=True)
class Column:
    """A column and its meaning."""

    name: str
    meaning: str | Promise


@dataclass(frozen=True)
class FileRow:
    """A file to download; ``kilobytes`` rounded up, so that none is of 0 kB."""

    name: str
    text: str
    url: str
    kilobytes: int


COVERAGE_DICTIONARY = (
    Column("compromiso", _lazy("Número del compromiso.")),
    Column("meta", _lazy("Código de la meta de formación.")),
    Column("fecha_corte", _lazy("Día al que se refieren las cifras (año-mes-día).")),
    Column("nivel", _lazy("total, estamento, calidad_juridica, institucion o institucion_estamento.")),
    Column("institucion_codigo", _lazy("Código de la institución. Vacío en totales y grupos.")),
    Column("institucion", _lazy("Nombre de la institución.")),
    Column("estamento", _lazy("Estamento.")),
    Column("calidad_juridica", _lazy("Calidad jurídica.")),
    Column("personas", _lazy("Personas de la dotación en la fecha de corte. Cada persona cuenta una vez.")),
    Column("completaron", _lazy("Personas distintas que aprobaron y cuya aprobación sigue vigente.")),
    Column("cobertura_porcentaje", _lazy("completaron ÷ personas × 100, sin decimales. Las mitades suben.")),
    Column("cobertura_rango", _lazy("Rango que se publica en lugar de la cifra exacta.")),
    Column("alcanzadas", _lazy("Personas que se inscribieron en su trabajo. Solo en el total.")),
    Column("comenzaron", _lazy("Personas que terminaron una unidad o completaron. Solo en el total.")),
    Column("rindieron", _lazy("Personas que entregaron la evaluación. Solo en el total.")),
    Column("*_rango", _lazy("Rango de la columna anterior, cuando no se publica la cifra exacta.")),
    Column("motivo", _lazy("Por qué no se publica una cifra. Vacío cuando se publica.")),
)  # fmt: skip

COMMITMENT_DICTIONARY = (
    Column("numero", _lazy("Número del compromiso en el plan.")),
    Column("ogp_id", _lazy("Identificador de Open Government Partnership.")),
    Column("titulo, descripcion", _lazy("Textuales del texto fuente, si los trae.")),
    Column("descrito_en_texto_fuente", _lazy("sí o no.")),
    Column("responsable, apoyan", _lazy("Institución responsable e instituciones que apoyan.")),
    Column("inicio, termino", _lazy("Período de ejecución (año-mes-día).")),
    Column("ods, areas_ogp", _lazy("Objetivos de Desarrollo Sostenible o sus metas, y áreas de política.")),
    Column("notas", _lazy("Aclaraciones sobre las fuentes.")),
    Column("cursos", _lazy("Códigos de los cursos vinculados.")),
    Column("meta_porcentaje, meta_plazo", _lazy("Meta de formación, si se publicó alguna.")),
    Column("fuentes", _lazy("De dónde sale cada dato.")),
)


def list_files(*, commitments: Sequence[DataFile], goals: Sequence[GoalCoverage]) -> list[FileRow]:
    """The files with their sizes: coverage of all goals, and the commitments at hand; no query."""
    sizes = {file.name: len(file.body) for file in commitments}
    snapshots = [goal.snapshot for goal in goals if goal.snapshot]
    header = len(write_csv(columns=COVERAGE_COLUMNS, rows=[]))
    sizes["cobertura.csv"] = header + sum(snapshot.csv_bytes for snapshot in snapshots)
    sizes["cobertura.json"] = JSON_WRAPPING_BYTES + sum(snapshot.json_bytes for snapshot in snapshots)
    files = (
        ("cobertura.csv", _("Cobertura de la formación, como tabla"), "plan:coverage_csv"),
        ("cobertura.json", _("Cobertura de la formación, para programas"), "plan:coverage_json"),
        ("compromisos.csv", _("Compromisos del plan, como tabla"), "plan:commitments_csv"),
        ("compromisos.json", _("Compromisos del plan con la fuente de cada dato"), "plan:commitments_json"),
    )
    return [
        FileRow(name, text, reverse(route), -(-sizes[name] // 1000))
        for name, text, route in files
        if name in sizes
    ]
