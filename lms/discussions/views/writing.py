"""Taking part: how one appears, new subjects, answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.discussions.access import Place, enter, lead_to_own
from lms.discussions.forms import ProfileForm, ReplyForm, ThreadForm
from lms.discussions.lines import place_in_thread
from lms.discussions.models import Post
from lms.discussions.rules.posting import PostState, Refusal
from lms.discussions.services.joining import join
from lms.discussions.services.posting import PostRefusedError, reply, start_thread
from lms.discussions.views.reading import find_refusal, get_thread, read_answered, show_thread
from lms.discussions.words import RULES, describe_audience, describe_refusal
from lms.people.gate import get_person


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, course_code: str) -> HttpResponse:
    """The rules, and how one appears; the first time it accepts them."""
    place = enter(request=request, course_code=course_code)
    member = place.member
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        is_new=member is None,
        hint=_name_hint(place),
        initial={
            "display_name": member.display_name if member else _first_name(place),
            "mail_replies": bool(member and member.mail_replies),
        },
    )
    if form.is_valid():
        _member, is_new = join(
            discussion_id=place.discussion.pk,
            person_id=get_person(request=request, at=place.at).pk,
            display_name=form.cleaned_data["display_name"],
            mail_replies=form.cleaned_data["mail_replies"],
            at=place.at,
        )
        messages.success(
            request, _("Listo. Ya puedes escribir.") if is_new else _("Listo. Guardamos tus cambios.")
        )
        return redirect("discussions:threads", course_code=course_code)
    context = {"place": place, "form": form, "rules": RULES, "is_new": member is None}
    return render(request, "discussions/profile.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def new_thread(request: HttpRequest, course_code: str) -> HttpResponse:
    """Begin a subject; who cannot write is told why on the list."""
    place = enter(request=request, course_code=course_code)
    audience = place.audience
    if audience is None:
        raise Http404
    refusal = find_refusal(place)
    if refusal and request.method == "GET":
        return _refuse(request, place, refusal)
    form = ThreadForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            post = start_thread(
                discussion_id=place.discussion.pk,
                author=place.author(person_id=get_person(request=request, at=place.at).pk),
                audience=audience,
                title=form.cleaned_data["title"],
                text=form.cleaned_data["text"],
                at=place.at,
            )
        except PostRefusedError as error:
            form.add_error(None, describe_refusal(refusal=error.refusal, member=place.member))
        else:
            return _lead_to(request, place, post)
    context = {
        "place": place,
        "form": form,
        "audience": describe_audience(cohort=audience, institution_name=place.viewer.institution_name),
    }
    return render(request, "discussions/new_thread.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@lead_to_own
def thread(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """A subject; a POST answers in it. ``?responde=`` names the message that is answered."""
    place = enter(request=request, course_code=course_code)
    found = get_thread(place, public_id)
    answers = {"answers": read_answered(request.GET.get("responde"))}
    form = (
        ReplyForm(request.POST, initial=answers) if request.method == "POST" else ReplyForm(initial=answers)
    )
    if form.is_valid():
        try:
            post = reply(
                thread_id=found.pk,
                author=place.author(person_id=get_person(request=request, at=place.at).pk),
                text=form.cleaned_data["text"],
                answers=form.cleaned_data["answers"],
                at=place.at,
            )
        except PostRefusedError as error:
            form.add_error(None, describe_refusal(refusal=error.refusal, member=place.member))
        else:
            return _lead_to(request, place, post)
    return show_thread(request, place, found, form)


def _lead_to(request: HttpRequest, place: Place, post: Post) -> HttpResponse:
    if post.state == PostState.WAITING:
        messages.info(
            request, _("Recibimos tu mensaje. Se verá cuando alguien que enseña el curso lo apruebe.")
        )
    else:
        messages.success(request, _("Publicamos tu mensaje."))
    return redirect(place_in_thread(course_code=place.course.code, thread=post.thread, number=post.number))


def _refuse(request: HttpRequest, place: Place, refusal: Refusal) -> HttpResponse:
    if refusal == Refusal.NOT_JOINED:
        return redirect("discussions:profile", course_code=place.course.code)
    messages.info(request, describe_refusal(refusal=refusal, member=place.member))
    return redirect("discussions:threads", course_code=place.course.code)


def _first_name(place: Place) -> str:
    return (place.viewer.person_name.split() or [""])[0]


def _name_hint(place: Place) -> str:
    hint = _("Te proponemos tu nombre de pila. Puedes usar otro: está junto a cada mensaje tuyo.")
    if not place.shows_institution:
        return hint
    return (
        hint
        + " "
        + _("En los temas para todo el curso también se ve tu institución: %(place)s.")
        % {"place": place.viewer.institution_name}
    )
