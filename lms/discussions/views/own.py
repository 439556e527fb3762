"""One's own messages: correct, take back, tell about somebody else's, take a copy along."""

import json
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from lms.discussions.access import Place, enter
from lms.discussions.exporting import export_record
from lms.discussions.forms import EditForm, ReportForm
from lms.discussions.lines import place_in_thread
from lms.discussions.models import Post
from lms.discussions.rules.posting import PostState, Refusal, may_edit
from lms.discussions.selectors.mine import find_own_post, list_memberships, list_own_posts, read_own_record
from lms.discussions.services.editing import TooLateToEditError, edit_post
from lms.discussions.services.posting import PostRefusedError
from lms.discussions.services.removing import withdraw_all, withdraw_post
from lms.discussions.services.reporting import NotReportableError, TooManyReportsError, report_post
from lms.discussions.views.reading import get_post
from lms.discussions.words import describe_refusal, notice_of_state
from lms.lib import clock
from lms.people.gate import get_person
from lms.people.selectors.viewers import get_viewer

MINE_PER_PAGE = 30


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """Correct the words within fifteen minutes."""
    place = enter(request=request, course_code=course_code)
    post = get_post(place, public_id)
    if post.person_id != place.viewer.person_id or not place.discussion.is_open:
        raise Http404
    back = place_in_thread(course_code=course_code, thread=post.thread, number=post.number)
    obstacle = _obstacle_to_edit(place, post)
    if obstacle and request.method == "GET":
        messages.info(request, obstacle)
        return redirect(back)
    form = EditForm(request.POST if request.method == "POST" else None, initial={"text": post.text})
    if form.is_valid():
        try:
            edit_post(post_id=post.pk, text=form.cleaned_data["text"], at=place.at)
        except TooLateToEditError:
            form.add_error(
                None, _("Ya pasaron los 15 minutos: el mensaje quedó como estaba. Puedes escribir otro.")
            )
        except PostRefusedError as error:
            form.add_error(None, describe_refusal(refusal=error.refusal, member=place.member))
        else:
            messages.success(request, _("Guardamos tu corrección."))
            return redirect(back)
    context = {"place": place, "post": post, "form": form, "back": back}
    return render(request, "discussions/edit.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """Tell those who moderate about a message."""
    place = enter(request=request, course_code=course_code)
    post = get_post(place, public_id)
    if post.person_id == place.viewer.person_id or post.state != PostState.PUBLISHED:
        raise Http404
    back = place_in_thread(course_code=course_code, thread=post.thread, number=post.number)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            is_new = report_post(
                post_id=post.pk,
                person_id=get_person(request=request, at=place.at).pk,
                reason=form.cleaned_data["reason"],
                note=form.cleaned_data["note"],
                at=place.at,
            )
        except NotReportableError:
            raise Http404 from None
        except TooManyReportsError:
            form.add_error(
                None, _("Enviaste diez avisos en diez minutos. Espera un poco y envíalo de nuevo.")
            )
        else:
            messages.success(
                request,
                _("Gracias. Quienes enseñan el curso lo revisarán.")
                if is_new
                else _("Ya habías avisado de este mensaje."),
            )
            return redirect(back)
    context = {"place": place, "post": post, "form": form, "back": back}
    return render(request, "discussions/report.html", context, status=400 if form.is_bound else 200)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """All that I wrote in conversations, also where I no longer take part."""
    at = clock.now()
    person_id = get_viewer(user=request.user, at=at).person_id or 0
    page = Paginator(list_own_posts(person_id=person_id), MINE_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "lines": [(post, notice_of_state(state=post.state)) for post in page],
        "members": [(member, member.is_muted_at(at)) for member in list_memberships(person_id=person_id)],
    }
    return render(request, "discussions/mine.html", context)


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """All of it as a file."""
    person_id = get_viewer(user=request.user, at=clock.now()).person_id or 0
    record = export_record(record=read_own_record(person_id=person_id))
    response = HttpResponse(
        json.dumps(record, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="mis-conversaciones.json"'
    return response


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take one message back, wherever it is; asked first."""
    post = _own_post(request, public_id)
    if request.method == "POST":
        withdraw_post(post_id=post.pk)
        messages.success(request, _("Retiramos tu mensaje. Su texto se borró."))
        return redirect("discussions:mine")
    return render(request, "discussions/withdraw.html", {"post": post})


@require_http_methods(["GET", "POST"])
def withdraw_everything(request: HttpRequest) -> HttpResponse:
    """Take back all; asked first."""
    person_id = get_viewer(user=request.user, at=clock.now()).person_id or 0
    if request.method == "POST":
        count = withdraw_all(person_id=person_id)
        text = ngettext("Retiramos %(count)s mensaje.", "Retiramos %(count)s mensajes.", count)
        messages.success(request, text % {"count": count})
        return redirect("discussions:mine")
    count = list_own_posts(person_id=person_id).count()
    return render(request, "discussions/withdraw_all.html", {"count": count})


def _obstacle_to_edit(place: Place, post: Post) -> str:
    if place.is_muted:
        return describe_refusal(refusal=Refusal.MUTED, member=place.member)
    if not may_edit(state=post.state, written_at=post.written_at, at=place.at):
        return _("Un mensaje se puede corregir durante 15 minutos, y ya pasaron.")
    return ""


def _own_post(request: HttpRequest, public_id: UUID) -> Post:
    person_id = get_viewer(user=request.user, at=clock.now()).person_id
    found = find_own_post(person_id=person_id, public_id=public_id) if person_id else None
    if found is None:
        raise Http404
    return found
