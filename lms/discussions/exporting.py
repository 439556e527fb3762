"""What a person takes along of its conversations."""

from typing import Any

from lms.discussions.models import Member, Post, PostEdit, Report
from lms.discussions.selectors.mine import OwnRecord


def export_record(*, record: OwnRecord) -> dict[str, Any]:
    """As plain data, in Spanish words, times with their zone. Nothing that others wrote. No query."""
    return {
        "participaciones": [_member(member) for member in record.members],
        "mensajes": [_post(post, record.edits.get(post.pk, [])) for post in record.posts],
        "avisos": [_report(report) for report in record.reports],
    }


def _member(member: Member) -> dict[str, Any]:
    return {
        "curso": member.discussion.course.code,
        "nombre": member.display_name,
        "acepta_reglas": member.accepted_at.isoformat(),
        "correo_por_respuestas": member.mail_replies,
        "sin_escribir_hasta": member.muted_until.isoformat() if member.muted_until else None,
        "motivo": member.muted_reason,
    }


def _post(post: Post, edits: list[PostEdit]) -> dict[str, Any]:
    return {
        "curso": post.thread.discussion.course.code,
        "tema": post.thread.title if post.is_first else None,
        "escrito": post.written_at.isoformat(),
        "estado": post.get_state_display(),
        "motivo": post.hidden_reason,
        "texto": post.text,
        "versiones_anteriores": [
            {"texto": edit.text, "hasta": edit.replaced_at.isoformat()} for edit in edits
        ],
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "curso": report.post.thread.discussion.course.code,
        "motivo": report.get_reason_display(),
        "nota": report.note,
        "enviado": report.reported_at.isoformat(),
    }
