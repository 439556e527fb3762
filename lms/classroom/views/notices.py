"""My notices, whether or not they came by e-mail, and which e-mails I want."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.feedback.links import answer_path
from lms.lib import clock
from lms.notices.choices import keep_choices, list_choices
from lms.notices.models import Notice
from lms.notices.rules.addresses import mask_address
from lms.notices.rules.kinds import Kind, State
from lms.notices.selectors.addresses import address_of, read_suppressions
from lms.notices.selectors.own import list_own_notices
from lms.notices.words import recall
from lms.notices.words_slots import recall_slot
from lms.people.gate import get_person
from lms.people.keys import secret_keys
from lms.people.models import Person
from lms.people.selectors.viewers import get_viewer

PAGE_SIZE = 30


@dataclass(frozen=True)
class NoticeLine:
    """One notice in the words of the day it was about. ``url``: where what it tells is read, if anywhere."""

    day: date
    title: str
    text: str
    note: str
    was_mailed: bool
    url: str


@require_http_methods(["GET", "POST"])
def my_notices(request: HttpRequest) -> HttpResponse:
    """The list, and below it the e-mails to tick; POST saves the ticks."""
    at = clock.now()
    if request.method == "POST":
        return _save(request, at)
    viewer = get_viewer(user=request.user, at=at)
    person_id = viewer.person_id or 0  # an account that never learned has no person yet
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    page = Paginator(list_own_notices(person_id=person_id, at=at), PAGE_SIZE).get_page(
        request.GET.get("pagina")
    )
    address = address_of(person) if person else ""
    context = {
        "page": page,
        "lines": [_line(notice) for notice in page],
        "choices": list_choices(person_id=person_id, at=at),
        "address": mask_address(address),
        "is_suppressed": bool(address and read_suppressions(addresses={address}, keys=secret_keys())),
    }
    return render(request, "classroom/notices.html", context)


def _save(request: HttpRequest, at: datetime) -> HttpResponse:
    person = get_person(request=request, at=at)
    keep_choices(person_id=person.pk, wanted=request.POST.getlist("quiero"), at=at)
    messages.success(request, _("Listo. Guardamos qué correos quieres."))
    return redirect("classroom:notices")


def _line(notice: Notice) -> NoticeLine:
    return NoticeLine(
        day=clock.local_date(notice.not_before),
        title=_title(notice),
        text=_text(notice),
        note=notice.reminder.text if notice.reminder else "",
        was_mailed=notice.state == State.SENT,
        url=_url(notice),
    )


def _title(notice: Notice) -> str:
    if notice.slot:
        return str(notice.slot.slot.name)
    if notice.requirement:
        return notice.requirement.title
    if notice.asking:
        return notice.asking.enrolment.course.title
    if notice.change:
        return notice.change.release.course.title
    if notice.kind == Kind.REPLY:
        return _("Conversación de un curso")
    return notice.report.title if notice.report else _("Consulta sobre mi registro")


def _text(notice: Notice) -> str:
    if notice.slot:
        return recall_slot(is_late=notice.kind == Kind.SLOT_LATE, key=notice.key)
    return recall(kind=notice.kind, key=notice.key)


def _url(notice: Notice) -> str:
    if notice.answer:
        return reverse("classroom:record_question", args=[notice.answer.question.public_id])
    if notice.slot:
        slot = reverse("integrity:slot", args=[notice.slot.slot.slug])
        return f"{slot}?institucion={notice.institution.code}" if notice.institution else slot
    if notice.asking:
        asking = notice.asking
        code = asking.enrolment.course.code
        return answer_path(kind=asking.kind, public_id=asking.public_id, course_code=code)
    if notice.change:
        return reverse("classroom:changes", args=[notice.change.release.course.code])
    if notice.kind == Kind.REPLY:
        return reverse("discussions:mine")
    return reverse("classroom:my_reports") if notice.report else ""
