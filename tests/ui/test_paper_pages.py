"""A paper as PDF: tagged, over as many pages as it takes."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pikepdf
import pytest

from lms.lib.paper import Bullets, Grid, GridColumn, Heading, Paper, Passage
from lms.ui.pdf import render_paper
from tests.ui.test_paper import elements

LONG = "Palabras que siguen y siguen. " * 400
ADDRESS = "https://ejemplo.cl/" + "muy-largo-" * 40


def paper(rows: int = 60) -> Paper:
    return Paper(
        title="Ficha de prueba",
        kicker="Plan",
        subtitle="2026",
        author="Servicio de Ejemplo",
        made_at=datetime(2026, 11, 20, 15, 0, tzinfo=UTC),
        foot="Borrador",
        warning="Revisar antes de enviar.",
        blocks=[
            Heading("Sección"),
            Passage(LONG, label="Descripción"),
            Heading("Dentro", 3),
            Bullets([ADDRESS, "Ñandú, ŋ y 漢字."]),
            Grid(
                (GridColumn("Hito", 0.6), GridColumn("Plazo", 0.4)),
                [[f"Hito {number} " + "largo " * 40, "No publicado"] for number in range(rows)],
            ),
        ],
    )


@pytest.fixture(scope="module")
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(render_paper(paper=paper()))) as opened:
        yield opened


def test_it_goes_on_over_pages(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.pages) > 5


def test_structure_has_titles_lists_and_tables(pdf: pikepdf.Pdf) -> None:
    roles = [str(one.S) for one in elements(pdf)]
    assert roles.count("/H1") == 1
    assert {"/H2", "/H3", "/L", "/LI", "/LBody", "/Table", "/TR", "/TH", "/TD", "/P"} <= set(roles)
    assert roles.count("/TR") == 61


def test_language_and_title_are_set(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "es-CL"
    assert str(pdf.docinfo["/Title"]) == "Ficha de prueba"


def test_same_paper_gives_the_same_bytes() -> None:
    assert render_paper(paper=paper(3)) == render_paper(paper=paper(3))
