"""Who looked at my record."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from lms.lib import clock
from lms.people.models import AccessLogEntry
from lms.people.selectors.looks import CertificateLook, Look, RecordLook, list_looks_at, to_look
from lms.people.selectors.viewers import get_viewer

LOOKS_PER_PAGE = 50
WORDS: dict[str, Promise] = {
    AccessLogEntry.Action.VIEW_LIST: gettext_lazy("Vio una lista en la que estás"),
    AccessLogEntry.Action.VIEW_PERSON: gettext_lazy("Vio tu ficha"),
    AccessLogEntry.Action.EXPORT: gettext_lazy("Exportó tus datos"),
    AccessLogEntry.Action.IMPORT: gettext_lazy("Cargó tus datos en una nómina"),
    CertificateLook.SEEN: gettext_lazy("Vio tu certificado %(code)s"),
    CertificateLook.REVOKED: gettext_lazy("Revocó tu certificado %(code)s"),
    CertificateLook.REISSUED: gettext_lazy("Reemplazó tu certificado %(code)s"),
    RecordLook.STATEMENTS_SEEN: gettext_lazy("Vio declaraciones sobre ti en el registro de aprendizaje"),
}


@dataclass(frozen=True)
class LookLine:
    """One look in the words of the person looked at."""

    at: datetime
    role: str
    institution_name: str
    text: str


@require_GET
def who_looked(request: HttpRequest) -> HttpResponse:
    """Role, institution, action and date of each look at the visitor's own record; never a name."""
    viewer = get_viewer(user=request.user, at=clock.now())
    entries = list_looks_at(person_id=viewer.person_id) if viewer.person_id else AccessLogEntry.objects.none()
    page = Paginator(entries, LOOKS_PER_PAGE).get_page(request.GET.get("pagina"))
    lines = [_line(to_look(entry=entry)) for entry in page]
    return render(request, "classroom/who_looked.html", {"page": page, "lines": lines})


def _line(look: Look) -> LookLine:
    text = str(WORDS[look.kind]) if look.kind in WORDS else _("Vio tu registro")
    return LookLine(
        at=look.at,
        role=look.role,
        institution_name=look.institution_name,
        text=text % {"code": look.code} if look.code else text,
    )
