"""Where everything stands on the certificate. Measures in millimetres, from the design's section 8."""

import io
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf import words
from certificates.pdf.fonts import (
    BOLD,
    REGULAR,
    SEMIBOLD,
    CertificateNameError,
    CertificateTextError,
    Fitted,
    Room,
    check_letters,
    fit,
    register_fonts,
    text_width,
)
from certificates.pdf.metadata import DocumentData, set_dates, write_metadata
from certificates.pdf.paper import HEIGHT, WIDTH, Paper
from certificates.pdf.qr import qr_operators
from certificates.pdf.tagged import StructureTree
from certificates.rules import CertificateFacts, format_code
from certificates.spelling import long_date

PETROL, INK, SOFT, EDGE = "#0a5568", "#10242b", "#475960", "#6f8087"
YELLOW, LINE, MIST, WHITE = "#f6b92f", "#d3dbdd", "#d5e7eb", "#ffffff"
LEFT, RIGHT, COLUMN = 108.0, 283.0, 175.0
PANEL_LEFT, PANEL_COLUMN = 14.0, 70.0
QR_LEFT, QR_TOP, QR_SIZE, QR_MIDDLE = 251.0, 146.0, 32.0, 267.0
SIGNATORY_LEFT, SIGNATORY_COLUMN = 166.0, 62.0
ARCH_WIDTH, ARCH_HEIGHT, ARCH_STEP, ARCH_TOP = 3.4, 6.0, 4.5, 17.6


@dataclass(frozen=True, kw_only=True)
class CertificateSheet:
    """All that one paper says. ``code`` has 16 symbols; ``verification_url`` is what the QR holds."""

    code: str
    verification_url: str
    recipient_name: str
    run_masked: str
    facts: CertificateFacts
    issued_on: date
    issued_at: datetime
    valid_until: date | None


def render_certificate(*, sheet: CertificateSheet) -> bytes:
    """The certificate as a PDF; the same sheet gives the same bytes in any process.

    Raises:
        CertificateNameError: the name has letters that the typeface lacks, or no room.
        CertificateTextError: the same for any other text.
    """
    register_fonts()
    with translation.override(sheet.facts.language.lower()):
        _check_all_letters(sheet)
        return _draw(sheet)


def _check_all_letters(sheet: CertificateSheet) -> None:
    facts = sheet.facts
    check_letters(sheet.recipient_name, CertificateNameError)
    for text in (
        sheet.run_masked, facts.institution_name, facts.course_title, facts.release_label, facts.issuer,
        facts.signatory_name, facts.signatory_role, *facts.competences,
    ):  # fmt: skip
        check_letters(text)


def _draw(sheet: CertificateSheet) -> bytes:
    buffer = io.BytesIO()
    facts = sheet.facts
    canvas = Canvas(
        buffer, pagesize=(WIDTH * mm, HEIGHT * mm), pageCompression=1, invariant=1, pdfVersion=(1, 7),
        lang=facts.language, initialFontName=REGULAR,
    )  # fmt: skip
    data = DocumentData(
        title=words.title_line(sheet.recipient_name, facts.course_title),
        subject=_("Certificado de un curso"),
        author=facts.issuer,
        language=facts.language,
        created_at=sheet.issued_at,
    )
    set_dates(canvas, sheet.issued_at)
    canvas.setTitle(data.title)
    canvas.setAuthor(data.author)
    canvas.setSubject(data.subject)
    canvas.setCreator(data.author)
    tree = StructureTree(canvas, language=facts.language)
    _draw_page(Paper(canvas, tree), sheet)
    canvas.showPage()
    tree.write()
    write_metadata(canvas, data)
    canvas.save()
    return buffer.getvalue()


def _draw_page(paper: Paper, sheet: CertificateSheet) -> None:
    _draw_panel(paper, sheet.facts.issuer)
    _draw_heading(paper, sheet.facts)
    _draw_person(paper, sheet)
    _draw_course(paper, sheet.facts)
    with paper.tree.artifact():
        paper.block(LEFT, 140, COLUMN, 0.25, EDGE)
    _draw_dates(paper, sheet)
    _draw_signatory(paper, sheet.facts)
    _draw_verification(paper, sheet)


def _draw_panel(paper: Paper, issuer: str) -> None:
    with paper.tree.artifact():
        paper.block(0, 0, 92, HEIGHT, PETROL)
        paper.arch(10.9, 134.4, 70.2, 75.6, WHITE)
        paper.block(32.5, 185.7, 27, 24.3, PETROL)
        paper.half_disc(46, 172.2, 16.2, YELLOW)
    brand = fit(issuer, Room(8.5, 5.5), Room(7, 4, lines=3), font=BOLD, width=PANEL_COLUMN)
    lead = brand.size * 1.2
    paper.paragraph(PANEL_LEFT, 25, brand, font=BOLD, fill=WHITE, lead=lead)
    tagline = Fitted(4, (_("Formación en integridad"), _("y gobierno abierto")))
    shift = (len(brand.lines) - 1) * lead
    paper.paragraph(PANEL_LEFT, 33 + shift, tagline, font=REGULAR, fill=MIST, lead=5.2)


def _draw_heading(paper: Paper, facts: CertificateFacts) -> None:
    heading = Fitted(5.6, (_("Certificado"),))
    paper.paragraph(LEFT, 26, heading, font=BOLD, fill=PETROL, role="H1")
    if facts.commitment_number is not None:
        _draw_arcade(paper, facts.commitment_number, facts.commitment_total)
        line = Fitted(3, (words.commitment_line(facts),))
        paper.paragraph(RIGHT, 29, line, font=REGULAR, fill=SOFT, align="right")
    with paper.tree.artifact():
        paper.block(LEFT, 34, COLUMN, 0.9, INK)


def _draw_arcade(paper: Paper, number: int, total: int) -> None:
    start = RIGHT - ARCH_WIDTH - (total - 1) * ARCH_STEP
    with paper.tree.artifact():
        for door in range(1, total + 1):
            fill, stroke = (YELLOW, INK) if door == number else (LINE, "")
            x = start + (door - 1) * ARCH_STEP
            paper.arch(x, ARCH_TOP, ARCH_WIDTH, ARCH_HEIGHT, fill, stroke)


def _draw_person(paper: Paper, sheet: CertificateSheet) -> None:
    paper.paragraph(LEFT, 50, Fitted(4.2, (_("Se certifica que"),)), font=REGULAR, fill=SOFT)
    name = fit(
        sheet.recipient_name, Room(12, 7.5), Room(7.5, 5, lines=2), font=BOLD, width=COLUMN,
        error=CertificateNameError,
    )  # fmt: skip
    top = 64.5 if len(name.lines) == 1 else 58.5
    paper.paragraph(LEFT, top, name, font=BOLD, fill=INK, lead=8)
    identity = words.identity_line(sheet.run_masked, sheet.facts.institution_name)
    if identity:
        fitted = fit(identity, Room(4.2, 3.4), Room(4, 3, lines=2), font=REGULAR, width=COLUMN)
        paper.paragraph(LEFT, 73.5, fitted, font=REGULAR, fill=SOFT, lead=5)


def _draw_course(paper: Paper, facts: CertificateFacts) -> None:
    achievement = Fitted(4.2, (words.achievement_line(facts),))
    paper.paragraph(LEFT, 91, achievement, font=REGULAR, fill=SOFT)
    title = fit(
        facts.course_title, Room(8, 8), Room(8, 6.5, lines=2), Room(6, 4, lines=3), font=BOLD, width=COLUMN
    )
    lead = 9.5 if len(title.lines) < 3 else 6
    paper.paragraph(LEFT, 102.5, title, font=BOLD, fill=PETROL, lead=lead)
    result = words.result_line(facts)
    if result:
        fitted = fit(result, Room(4.2, 3), font=REGULAR, width=COLUMN)
        paper.paragraph(LEFT, 122.5, fitted, font=REGULAR, fill=INK)
    if facts.competences:
        paper.paragraph(LEFT, 129, _fit_competences(facts), font=REGULAR, fill=SOFT, lead=5)


def _fit_competences(facts: CertificateFacts) -> Fitted:
    """As many competences as two lines hold; the others are counted."""
    for shown in range(len(facts.competences), 0, -1):
        line = words.competences_line(facts.competences, shown=shown)
        try:
            return fit(line, Room(3.7, 3.1, lines=2), font=REGULAR, width=COLUMN)
        except CertificateTextError:
            if shown == 1:
                raise
    raise AssertionError("There is at least one competence.")


def _draw_dates(paper: Paper, sheet: CertificateSheet) -> None:
    dates = [(150, _("Emitido"), sheet.issued_on)]
    if sheet.valid_until is not None:
        dates.append((166, _("Vigente hasta"), sheet.valid_until))
    for y, label, day in dates:
        paper.paragraph(LEFT, y, Fitted(3.1, (label,)), font=REGULAR, fill=SOFT)
        paper.paragraph(LEFT, y + 6, Fitted(4.2, (long_date(day),)), font=SEMIBOLD, fill=INK)


def _draw_signatory(paper: Paper, facts: CertificateFacts) -> None:
    if not facts.signatory_name:
        return
    with paper.tree.artifact():
        paper.block(SIGNATORY_LEFT, 168, SIGNATORY_COLUMN, 0.25, EDGE)
    name = fit(facts.signatory_name, Room(3.7, 2.6), font=SEMIBOLD, width=SIGNATORY_COLUMN)
    paper.paragraph(SIGNATORY_LEFT, 173.5, name, font=SEMIBOLD, fill=INK)
    if facts.signatory_role:
        role = fit(facts.signatory_role, Room(3.1, 2.6, lines=3), font=REGULAR, width=SIGNATORY_COLUMN)
        paper.paragraph(SIGNATORY_LEFT, 178.3, role, font=REGULAR, fill=SOFT, lead=4)


def _draw_verification(paper: Paper, sheet: CertificateSheet) -> None:
    box = paper.box(QR_LEFT, QR_TOP, QR_SIZE, QR_SIZE)
    alternative = _("Código QR que lleva a %(url)s") % {"url": sheet.verification_url}
    with paper.tree.element("Figure", alternative=alternative, box=box):
        code = qr_operators(sheet.verification_url, x=box[0], y=box[1], size=QR_SIZE * mm)
        paper.operators(code, INK)
    printed = format_code(sheet.code)
    halves = Fitted(4, (printed[:9], printed[10:]))  # one line of 19 symbols would be wider than the QR
    paper.paragraph(
        QR_MIDDLE, 184, halves, font=BOLD, fill=INK, lead=5.2, align="centre", actual_text=printed
    )
    _draw_instructions(paper, sheet.verification_url)


def _draw_instructions(paper: Paper, url: str) -> None:
    """One sentence with the address in it as a link; three elements on one baseline."""
    before, after = _("Comprueba que es válido en "), _(" o con el código QR.")
    address = words.address_of(url)
    whole = f"{before}{address}{after}"
    size = fit(whole, Room(3.1, 2.2), font=REGULAR, width=COLUMN).size
    x, y = LEFT, 196.0
    with paper.tree.element("P"):
        paper.line(x, y, before, font=REGULAR, size=size, fill=SOFT)
    x += text_width(before, REGULAR, size)
    width = text_width(address, REGULAR, size)
    with paper.tree.element("Link") as element:
        paper.line(x, y, address, font=REGULAR, size=size, fill=PETROL)
    paper.tree.link(
        element,
        url=url,
        box=paper.box(x, y - size, width, size * 1.3),
        description=_("Comprobar este certificado"),
    )
    with paper.tree.element("P"):
        paper.line(x + width, y, after, font=REGULAR, size=size, fill=SOFT)
