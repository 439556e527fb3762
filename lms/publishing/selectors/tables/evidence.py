"""Published evidence. What was taken back stays listed, without its address."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms.plan.models import ActionPlan, Evidence
from lms.publishing.selectors.fields import Field, Table

FIELDS = (
    Field("compromiso", "integer", _("Número del compromiso.")),
    Field("hito", "string", _("Código del hito que muestra.")),
    Field("titulo", "string", _("Qué es.")),
    Field("fecha_documento", "date", _("Fecha del documento (año-mes-día).")),
    Field("licencia", "string", _("Licencia bajo la que se puede usar.")),
    Field("direccion", "string", _("Dirección donde se lee o se descarga. Vacío si se retiró.")),
    Field("archivo", "string", _("Nombre del archivo, si lo guardamos aquí. Vacío si se retiró.")),
    Field("sha256", "string", _("Huella SHA-256 del archivo, para comprobar que es el mismo.")),
    Field("bytes", "integer", _("Tamaño del archivo.")),
    Field("aportada_por", "string", _("Institución que la aportó.")),
    Field("publicada_el", "datetime", _("Cuándo se publicó.")),
    Field("no_responde_desde", "datetime", _("Desde cuándo la dirección no responde. Vacío si responde.")),
    Field("retirada_el", "datetime", _("Cuándo se retiró. Vacío si sigue publicada.")),
    Field("motivo_retiro", "string", _("Por qué se retiró.")),
)  # fmt: skip


def list_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """In the order of publication. One query."""
    rows = Evidence.objects.filter(milestone__commitment__plan=plan, published_at__isnull=False)
    return [
        _row(one) for one in rows.select_related("milestone__commitment__plan").order_by("published_at", "pk")
    ]


def _row(one: Evidence) -> dict[str, Any]:
    is_here = one.retired_at is None
    return {
        "compromiso": one.milestone.commitment.number,
        "hito": one.milestone.code,
        "titulo": one.title,
        "fecha_documento": one.dated_on,
        "licencia": one.licence,
        "direccion": _address(one) if is_here else None,
        "archivo": one.file_name or None if is_here else None,
        "sha256": one.sha256 or None,
        "bytes": one.size,
        "aportada_por": one.added_by_office,
        "publicada_el": one.published_at,
        "no_responde_desde": one.dead_since if one.is_dead else None,
        "retirada_el": one.retired_at,
        "motivo_retiro": one.retired_reason or None,
    }


def _address(one: Evidence) -> str:
    """Where it is read: elsewhere, or the file that we keep."""
    plan = one.milestone.commitment.plan
    return one.url or settings.SITE_URL + reverse("plan:evidence_file", args=[plan.code, one.pk])


EVIDENCE = Table(
    name="evidencias",
    title=_("Evidencias"),
    text=_("Documentos y direcciones que muestran el avance de cada hito."),
    fields=FIELDS,
    rows=list_rows,
)
