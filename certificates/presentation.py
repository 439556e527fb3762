"""The words of the verification page, one verdict for each status."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.rules import Assurance, CertificateStatus
from certificates.selectors import CertificateCard, VerificationView
from certificates.spelling import duration, long_date

SOON_DAYS = 60
ASSURANCE_WORDS = {
    Assurance.GRADED: gettext_lazy("Evaluado en la plataforma"),
    Assurance.TRACKED: gettext_lazy("Registrado paso a paso por el contenido"),
    Assurance.DECLARED: gettext_lazy("Informado por el contenido"),
    Assurance.ATTESTED: gettext_lazy("Acreditado por la institución, con respaldo"),
}


@dataclass(frozen=True)
class Row:
    """A label and its value, as templates/components/facts.html prints them. ``language``: of the value."""

    label: str
    value: str
    url: str = ""
    note: str = ""
    language: str = ""


@dataclass(frozen=True)
class Verdict:
    """The one result of the page, as templates/components/verdict.html prints it."""

    kind: str
    icon: str
    title: str
    text: str = ""
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Notice:
    """A short status: kind of tag, icon and word."""

    kind: str
    icon: str
    text: str


def verdict_of(*, view: VerificationView) -> Verdict:
    """What the page says of a certificate that was issued."""
    return _VERDICTS[view.status](view)


def unknown_verdict() -> Verdict:
    """The same for a code that cannot be one and for a code that nobody has."""
    text = _(
        "Revisa que no falte nada. Los códigos tienen 16 letras y números y no usan I, L, O ni U: si ves "
        "un círculo, es un cero. Si lo copiaste bien y sigue sin aparecer, no emitimos ese certificado."
    )
    return Verdict("hatch", "search-x", _("No encontramos ese código"), text)


def notice_of(*, card: CertificateCard) -> Notice:
    """The status in the holder's list; says when it ends soon."""
    if card.status == CertificateStatus.VALID and card.days_left is not None and card.days_left <= SOON_DAYS:
        return Notice("warn", "clock-alert", _days_left(card.days_left))
    return {
        CertificateStatus.VALID: Notice("ok", "circle-check", _("Vigente")),
        CertificateStatus.EXPIRED: Notice("warn", "clock-alert", _("Vencido")),
        CertificateStatus.REVOKED: Notice("bad", "ban", _("Revocado")),
        CertificateStatus.SUPERSEDED: Notice("mute", "refresh-cw", _("Reemplazado")),
        CertificateStatus.ERASED: Notice("none", "circle-dashed", _("Retirado")),
    }[card.status]


def _days_left(days: int) -> str:
    if days == 0:
        return _("Vence hoy")
    return _("Vence mañana") if days == 1 else _("Vence en %(days)s días") % {"days": days}


def _valid(view: VerificationView) -> Verdict:
    until = long_date(view.valid_until) if view.valid_until else _("Sin fecha de término")
    dates = [Row(_("Emitido"), long_date(view.issued_on)), Row(_("Vigente hasta"), until)]
    return Verdict("ok", "circle-check", _("Certificado válido"), rows=_full_rows(view, dates))


def _expired(view: VerificationView) -> Verdict:
    first, last = long_date(view.issued_on), long_date(view.valid_until or view.issued_on)
    text = _("Fue válido, pero su vigencia terminó el %(date)s. La persona puede renovarlo.") % {"date": last}
    dates = [Row(_("Vigencia"), _("Del %(first)s al %(last)s") % {"first": first, "last": last})]
    return Verdict("warn", "clock-alert", _("Certificado vencido"), text, _full_rows(view, dates))


def _revoked(view: VerificationView) -> Verdict:
    text = _("No es válido desde el %(date)s. Motivo: %(reason)s. No mostramos el nombre de la persona.") % {
        "date": _revocation_date(view),
        "reason": view.revoked_reason_label,
    }
    return Verdict("bad", "ban", _("Certificado revocado"), text, _short_rows(view))


def _superseded(view: VerificationView) -> Verdict:
    text = _("Otro certificado lo reemplazó el %(date)s. Este ya no sirve como prueba.") % {
        "date": _revocation_date(view)
    }
    rows = _short_rows(view)
    if view.replaced_by:
        rows.append(Row(_("Reemplazado por"), view.replaced_by, url=f"../{view.replaced_by}/"))
    return Verdict("warn", "refresh-cw", _("Certificado reemplazado"), text, rows)


def _erased(view: VerificationView) -> Verdict:
    text = _("Este código fue emitido, pero los datos del certificado se borraron. Ya no se puede comprobar.")
    rows = [Row(_("Código"), view.code)]
    return Verdict("hatch", "circle-dashed", _("Certificado retirado"), text, rows)


def _full_rows(view: VerificationView, dates: Iterable[Row]) -> list[Row]:
    rows = [
        Row(_("Código"), view.code),
        Row(_("Otorgado a"), _holder(view)),
        Row(_("Curso"), view.course_title, note=_course_note(view), language=view.language),
        *dates,
        Row(_("Institución"), view.institution_name),
        Row(_("Emitido por"), view.issuer),
        Row(_("Compromiso del plan"), _commitment(view)),
        Row(_("Cómo se comprobó"), str(ASSURANCE_WORDS.get(Assurance(view.assurance), ""))),
        Row(_("Huella del PDF (SHA-256)"), view.sha256),
    ]
    return [row for row in rows if row.value]


def _short_rows(view: VerificationView) -> list[Row]:
    return [
        Row(_("Código"), view.code),
        Row(_("Curso"), view.course_title, language=view.language),
        Row(_("Emitido"), long_date(view.issued_on)),
    ]


def _holder(view: VerificationView) -> str:
    if view.can_compare_name:
        return _("Su titular no muestra el nombre. Más abajo puedes compararlo.")
    run = _("RUN %(run)s") % {"run": view.run_masked} if view.run_masked else ""
    return ", ".join(part for part in (view.recipient_name, run) if part)


def _course_note(view: VerificationView) -> str:
    parts = [duration(view.minutes)] if view.minutes else []
    if view.release_label:
        parts.append(_("versión %(release)s") % {"release": view.release_label})
    return f"({', '.join(parts)})" if parts else ""


def _commitment(view: VerificationView) -> str:
    if view.commitment_number is None:
        return ""
    return _("%(number)s de %(total)s") % {"number": view.commitment_number, "total": view.commitment_total}


def _revocation_date(view: VerificationView) -> str:
    return long_date(view.revoked_on or view.issued_on)


_VERDICTS = {
    CertificateStatus.VALID: _valid,
    CertificateStatus.EXPIRED: _expired,
    CertificateStatus.REVOKED: _revoked,
    CertificateStatus.SUPERSEDED: _superseded,
    CertificateStatus.ERASED: _erased,
}
