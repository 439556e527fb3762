"""Roles in force, and the institutions in which they may be given."""

import unicodedata
from datetime import datetime

from django.db.models import Q, QuerySet

from lms.people.models import Institution, RoleAssignment, Unit


def list_roles(*, at: datetime, search: str = "") -> QuerySet[RoleAssignment]:
    """Roles in force at ``at`` by account, with account and institution. One query when read.

    Each word of ``search`` must be in the account's address or names, or in the institution.
    """
    rows = RoleAssignment.objects.valid_at(at).select_related(
        "user", "institution", "unit", "delegated_from__user"
    )
    for word in search.split()[:5]:
        rows = rows.filter(
            Q(user__email__icontains=word)
            | Q(user__first_name__icontains=word)
            | Q(user__last_name__icontains=word)
            | Q(institution__name__icontains=word)
            | Q(institution__code__iexact=word)
        )
    return rows.order_by("user__email", "role", "institution__name", "pk")


def list_own_roles(*, user_id: int, at: datetime) -> list[RoleAssignment]:
    """Roles in force of one account, own and lent. One query."""
    rows = RoleAssignment.objects.valid_at(at).filter(user_id=user_id)
    return list(
        rows.select_related("institution", "unit", "delegated_from__user").order_by(
            "role", "institution__name"
        )
    )


def list_lent_roles(*, user_id: int, at: datetime) -> list[RoleAssignment]:
    """Roles in force that the account has lent to others. One query."""
    rows = RoleAssignment.objects.valid_at(at).filter(delegated_from__user_id=user_id)
    return list(rows.select_related("user", "institution", "unit").order_by("valid_until", "pk"))


def match_units(*, institution: Institution, text: str) -> list[Unit]:
    """Units of the institution meant by ``text``: by code, else by name. One query."""
    wanted = _bare(text)
    units = list(Unit.objects.filter(institution=institution).order_by("name", "code"))
    by_code = [row for row in units if row.code.lower() == wanted]
    if by_code or not wanted:
        return by_code
    exact = [row for row in units if _bare(row.name) == wanted]
    return exact or [row for row in units if wanted in _bare(row.name)]


def find_role(*, assignment_id: int) -> RoleAssignment | None:
    """One role with its account and institution. One query."""
    return RoleAssignment.objects.select_related("user", "institution").filter(pk=assignment_id).first()


def match_institutions(*, text: str) -> list[Institution]:
    """Institutions meant by ``text``: the one with that code or whole name, else all whose name has it.

    Accents and case do not count. One query.
    """
    wanted = _bare(text)
    if not wanted:
        return []
    institutions = list(Institution.objects.order_by("name", "code"))
    by_code = [row for row in institutions if row.code.lower() == wanted]
    if by_code:
        return by_code
    exact = [row for row in institutions if _bare(row.name) == wanted]
    return exact or [row for row in institutions if wanted in _bare(row.name)]


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", " ".join(text.split()).lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
