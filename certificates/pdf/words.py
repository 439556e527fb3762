"""The sentences of the paper, in the language of the certificate."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from certificates.rules import CertificateFacts
from certificates.spelling import duration


def title_line(recipient_name: str, course_title: str) -> str:
    """The title of the document, which readers announce."""
    return _("Certificado de %(name)s: %(course)s") % {"name": recipient_name, "course": course_title}


def identity_line(run_masked: str, institution_name: str) -> str:
    """``RUN 15.•••.•17-K, Servicio de Registros Territoriales``; empty where neither is known."""
    run = _("RUN %(run)s") % {"run": run_masked} if run_masked else ""
    return ", ".join(part for part in (run, institution_name) if part)


def achievement_line(facts: CertificateFacts) -> str:
    """What was done with the course."""
    return _("completó el curso") if facts.result_percent is None else _("completó y aprobó el curso")


def result_line(facts: CertificateFacts) -> str:
    """``6 horas. Aprobado con 80 %. Versión 2 del curso.``"""
    parts = [duration(facts.minutes)] if facts.minutes else []
    if facts.result_percent is not None:
        parts.append(_("Aprobado con %(percent)s") % {"percent": f"{facts.result_percent} %"})
    if facts.release_label:
        parts.append(_("Versión %(release)s del curso") % {"release": facts.release_label})
    return " ".join(f"{part}." for part in parts)


def competences_line(competences: tuple[str, ...], *, shown: int) -> str:
    """The first ``shown`` competences as a sentence; the rest as a number."""
    names = list(competences[:shown])
    rest = len(competences) - len(names)
    if rest:
        names.append(_("%(count)s más") % {"count": rest})
    listed = " y ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
    return _("Competencias: %(list)s.") % {"list": listed}


def commitment_line(facts: CertificateFacts) -> str:
    """Which commitment of the plan the course serves."""
    return _("Aporta al compromiso %(number)s de %(total)s del Plan de Acción") % {
        "number": facts.commitment_number,
        "total": facts.commitment_total,
    }


def address_of(url: str) -> str:
    """An address as it is printed: without scheme and without the last slash."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")
