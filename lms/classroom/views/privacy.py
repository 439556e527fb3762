"""Who looked at my record."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from lms.lib import clock
from lms.people.models import AccessLogEntry
from lms.people.selectors.looks import (
    CertificateLook,
    ListLooks,
    Look,
    PeopleLook,
    ProgramLook,
    RecordLook,
    count_looks_at_lists,
    list_looks_at,
    to_look,
)
from lms.people.selectors.viewers import get_viewer

LOOKS_PER_PAGE = 50
LISTS_TOLD = timedelta(days=366)
"""How far back looks at lists are told."""

LIST_WORDS: dict[str, Promise] = {
    AccessLogEntry.Action.VIEW_LIST: gettext_lazy("Vio listas de personas"),
    AccessLogEntry.Action.EXPORT: gettext_lazy("Exportó listas de personas"),
    AccessLogEntry.Action.IMPORT: gettext_lazy("Cargó la nómina"),
}
WORDS: dict[str, Promise] = {
    AccessLogEntry.Action.VIEW_LIST: gettext_lazy("Vio una lista en la que estás"),
    AccessLogEntry.Action.VIEW_PERSON: gettext_lazy("Vio tu ficha"),
    AccessLogEntry.Action.EXPORT: gettext_lazy("Exportó tus datos"),
    AccessLogEntry.Action.IMPORT: gettext_lazy("Cargó tus datos en una nómina"),
    CertificateLook.SEEN: gettext_lazy("Vio tu certificado %(code)s"),
    CertificateLook.REVOKED: gettext_lazy("Revocó tu certificado %(code)s"),
    CertificateLook.REISSUED: gettext_lazy("Reemplazó tu certificado %(code)s"),
    ProgramLook.SEEN: gettext_lazy("Un sistema autorizado por tu institución, «%(program)s», leyó tu ficha"),
    PeopleLook.ADDED: gettext_lazy("Te agregó a su institución"),
    PeopleLook.MERGED: gettext_lazy("Unió dos fichas tuyas en una"),
    PeopleLook.MERGE_UNDONE: gettext_lazy("Deshizo la unión de dos fichas tuyas"),
    RecordLook.QUESTION_SEEN: gettext_lazy("Leyó una consulta tuya"),
    RecordLook.QUESTION_ANSWERED: gettext_lazy("Respondió una consulta tuya"),
    RecordLook.COMPLETION_ATTESTED: gettext_lazy("Acreditó un curso tuyo"),
    RecordLook.COMPLETION_CORRECTED: gettext_lazy("Corrigió un curso tuyo"),
    RecordLook.EVIDENCE_SEEN: gettext_lazy("Descargó la evidencia de un curso tuyo"),
    RecordLook.TALK_REVIEWED: gettext_lazy("Revisó lo que escribiste en la conversación de un curso"),
    RecordLook.ANSWER_READ: gettext_lazy("Leyó una respuesta tuya para corregirla, sin saber de quién era"),
    RecordLook.STATEMENTS_SEEN: gettext_lazy("Vio declaraciones sobre ti en el registro de aprendizaje"),
}


@dataclass(frozen=True)
class LookLine:
    """One look in the words of the person looked at."""

    at: datetime
    role: str
    place: str
    text: str


@dataclass(frozen=True)
class ListLine:
    """Looks at lists in one month, in words."""

    looks: ListLooks
    text: str


@require_GET
def who_looked(request: HttpRequest) -> HttpResponse:
    """Role, institution, action and date of each look at the visitor's own record; never a name.

    Looks at lists of the institution are told by month: a list does not say whom it showed.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    entries = list_looks_at(person_id=viewer.person_id) if viewer.person_id else AccessLogEntry.objects.none()
    page = Paginator(entries, LOOKS_PER_PAGE).get_page(request.GET.get("pagina"))
    lines = [_line(to_look(entry=entry)) for entry in page]
    lists = [
        ListLine(looks, str(LIST_WORDS[looks.action]))
        for looks in count_looks_at_lists(person_id=viewer.person_id or 0, since=at - LISTS_TOLD)
    ]
    context = {"page": page, "lines": lines, "lists": lists}
    return render(request, "classroom/who_looked.html", context)


def _line(look: Look) -> LookLine:
    text = str(WORDS[look.kind]) if look.kind in WORDS else _("Vio tu registro")
    return LookLine(
        at=look.at,
        role=look.role,
        place=_place(look),
        text=text % {"code": look.code, "program": look.program} if look.code or look.program else text,
    )


def _place(look: Look) -> str:
    if look.is_nameless:
        return _("No se dice")
    return look.institution_name or _("Toda la plataforma")
