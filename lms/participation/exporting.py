"""The register and the meetings as open data, and what a person takes along of its own words."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.lib.clock import local_date
from lms.lib.spreadsheets import csv_lines
from lms.participation.models import Contribution, DialogueMeeting
from lms.participation.models.contributions import SECTOR_CHOICES

REGISTER_COLUMNS = (
    ("plan", _("Código del plan.")),
    ("numero", _("Número del aporte dentro del plan. No cambia.")),
    ("tipo", _("«comment»: comentario a un compromiso. «contribution»: aporte a una consulta.")),
    ("compromiso", _("Número del compromiso, si trata de uno.")),
    ("consulta", _("Número de la consulta, si es un aporte a una.")),
    ("seccion", _("Título de la sección del borrador; vacío si es sobre todo el borrador.")),
    ("agrega_a", _("Número del aporte al que agrega algo, si lo hace.")),
    ("publicado", _("Día en que se publicó (año-mes-día).")),
    ("sector", _("Sector que eligió quien escribe: citizen, civil_society, academia, private, public_body.")),
    ("estado", _("«shown»: publicado. «hidden»: oculto por moderación. «withdrawn»: retirado por su autor.")),
    ("motivo_oculto", _("Por qué se ocultó, de la lista cerrada de las reglas.")),
    ("texto", _("Lo que se escribió; vacío si está oculto o retirado. Sin el nombre de nadie.")),
    (
        "decision",
        _("«accepted»: acogido. «partly»: en parte. «rejected»: no acogido. «answered»: respondido."),
    ),
    ("motivo", _("El motivo de la decisión, textual.")),
    ("institucion", _("Institución que respondió.")),
    ("respondido", _("Día de la respuesta que vale (año-mes-día).")),
    ("corregida", _("«si»: hubo una respuesta anterior y se corrigió.")),
    ("dias", _("Días entre la publicación y la primera respuesta. Vacío: sin respuesta.")),
)
MEETING_COLUMNS = (
    ("plan", _("Código del plan.")),
    ("fecha", _("Día de la reunión (año-mes-día).")),
    ("titulo", _("Título de la reunión.")),
    ("modalidad", _("«en_linea» o «presencial».")),
    ("lugar", _("Lugar, si es presencial.")),
    *((f"asistentes_{value}", label) for value, label in SECTOR_CHOICES),
    ("acuerdos", _("Acuerdos, uno por línea.")),
    ("acta", _("Dirección del acta, si está en otro sitio.")),
)


def register_row(row: Contribution, *, plan_code: str) -> dict[str, Any]:
    """One line of the register, without anybody's name. No query where the row was read for it."""
    reply = row.latest_reply
    return {
        "plan": plan_code,
        "numero": row.number,
        "tipo": row.kind,
        "compromiso": row.commitment.number if row.commitment else None,
        "consulta": row.consultation_id,
        "seccion": row.section.title if row.section else "",
        "agrega_a": row.follow_up_of.number if row.follow_up_of else None,
        "publicado": local_date(row.shown_at).isoformat() if row.shown_at else None,
        "sector": row.sector,
        "estado": row.state,
        "motivo_oculto": row.hidden_reason,
        "texto": row.text if row.is_shown else "",
        "decision": reply.verdict if reply else "",
        "motivo": reply.reason if reply else "",
        "institucion": reply.office if reply else "",
        "respondido": local_date(reply.replied_at).isoformat() if reply else None,
        "corregida": ("si" if reply.is_correction else "no") if reply else "",
        "dias": row.answered_in_days,
    }


def register_csv(*, rows: Iterable[Contribution], plan_code: str) -> Iterator[str]:
    """Line by line."""
    lines = (list(register_row(row, plan_code=plan_code).values()) for row in rows)
    return csv_lines(header=[name for name, _meaning in REGISTER_COLUMNS], rows=lines)


def meetings_csv(*, rows: Iterable[DialogueMeeting], plan_code: str) -> Iterator[str]:
    """Line by line."""
    lines = (_meeting(row, plan_code) for row in rows)
    return csv_lines(header=[name for name, _meaning in MEETING_COLUMNS], rows=lines)


def export_own(*, rows: Iterable[Contribution]) -> list[dict[str, Any]]:
    """All that an account wrote, with its earlier words. Nothing that others wrote but the replies."""
    return [
        {
            "plan": row.plan.code,
            "numero": row.number,
            "tipo": row.get_kind_display(),
            "escrito": row.written_at.isoformat(),
            "estado": row.get_state_display(),
            "motivo": row.get_hidden_reason_display() if row.hidden_reason else "",
            "texto": row.text,
            "sector": row.get_sector_display(),
            "con_nombre": row.shows_name,
            "organizacion": row.organisation,
            "correo_por_respuesta": row.wants_mail,
            "versiones_anteriores": [
                {"texto": edit.text, "hasta": edit.replaced_at.isoformat()} for edit in row.edits.all()
            ],
            "respuestas": [
                {
                    "decision": reply.get_verdict_display(),
                    "motivo": reply.reason,
                    "institucion": reply.office,
                    "fecha": reply.replied_at.isoformat(),
                }
                for reply in row.replies.all()
            ],
        }
        for row in rows
    ]


def _meeting(row: DialogueMeeting, plan_code: str) -> list[object]:
    counts = {found.sector: found.people for found in row.attendance.all()}
    return [
        plan_code,
        row.held_on.isoformat(),
        row.title,
        "en_linea" if row.is_online else "presencial",
        row.place,
        *(counts.get(value) for value, _label in SECTOR_CHOICES),
        "\n".join(row.agreement_list),
        row.minutes_url,
    ]
